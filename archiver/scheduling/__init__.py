"""What has the program run by itself: units of systemd, a crontab, a container. Values in, texts out."""
