import tel
from tel import entry


class Phone:
    tel = "555"

    def call(self, tel=tel):
        token = exc = tel
        return self.tel, token is exc

    def __getattr__(self, name):
        return f"no {name}"


def telemetry(tel_func, tel_exc):
    def tel():
        nonlocal tel_func
        tel_func += 1
        return tel_func

    return tel() + tel(), tel_exc


print(tel.tel("x"), entry(1), Phone().call(), Phone()._tel_is_not_there, telemetry(1, 2))
