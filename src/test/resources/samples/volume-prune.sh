container-build volume rm m2-copy
container-build volume prune --max-age 7d --keep-bytes 20g
