"""`python -m plan_archive`: the command line where no script is on the PATH."""

from plan_archive.cli import main

if __name__ == "__main__":
    main()
