"""What waveplan can be asked to do, one use case a module; nothing here prints, exits or reads the clock."""
