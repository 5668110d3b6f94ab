"""``python -m detector`` is the ``detector`` command."""

from .cli import program

if __name__ == "__main__":
    program(prog_name="detector")
