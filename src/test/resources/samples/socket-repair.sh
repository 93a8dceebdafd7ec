container-build socket --repair --allow acl,group
container-build socket --undo
