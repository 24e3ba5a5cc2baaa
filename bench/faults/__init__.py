"""What must not harm an archive: kills, a full disk, locks, flipped bits, a clock set back."""
