export MONGO_PASSWORD=for-this-test-only
project=$(container-build compose up --file docker-compose.yaml)
container-build compose ps --project-name "$project"
container-build compose port --project-name "$project" mongo-express 8081
container-build compose logs --project-name "$project" mongo
container-build compose down --project-name "$project"
