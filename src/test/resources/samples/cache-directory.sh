container-build build -t team/app:1 --cache-from type=local,src=cache --cache-to type=local,dest=cache,mode=max .
