container-build build --progress compact -t team/app:1 .
