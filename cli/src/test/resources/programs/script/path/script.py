import sys

import helper


def main(arguments):
    """Add up what the command line says."""
    return helper.total(int(argument) for argument in arguments)


if __name__ == "__main__":
    print(main(sys.argv[1:]), __name__, len(sys.argv))
