"""`python -m waveplan`: the same as the `waveplan` command."""

from waveplan.cli.app import main

if __name__ == "__main__":
    main()
