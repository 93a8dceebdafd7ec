container-build volume archive --name m2-cache --file m2.tar.gz
container-build volume create --name m2-copy
container-build volume restore --name m2-copy --file m2.tar.gz
container-build volume copy --from m2-copy:/repository/app.jar --to out/
