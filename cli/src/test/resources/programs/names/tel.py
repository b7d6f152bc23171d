def tel(tel):
    return [tel, "tel"]


def entry(func_entry, func_exit=None):
    return func_entry, func_exit
