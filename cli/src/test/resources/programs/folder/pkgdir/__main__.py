from beside import answer


def main():
    print("a directory as program:", answer(), repr(__package__))


main()
