container-build volume create --name m2-cache --owner 1000:1000 --label team=app
container-build volume copy --from repository --to m2-cache:/repository --owner 1000:1000
container-build volume ls --label team=app
