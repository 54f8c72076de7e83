"""Store: what lies on the disk: whole files, the cache, what is bundled."""
