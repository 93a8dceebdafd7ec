container-build build -f Dockerfile.files --output out .
container-build build -f Dockerfile.files --output type=tar,dest=files.tar .
