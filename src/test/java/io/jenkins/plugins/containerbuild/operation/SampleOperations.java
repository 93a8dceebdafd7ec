package io.jenkins.plugins.containerbuild.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations with every option set to something that is not its default. */
public final class SampleOperations {

    private SampleOperations() {}

    /** One of each verb. */
    public static List<ContainerOperation<?>> all() {
        return List.of(
                build(),
                tag(),
                push(),
                pull(),
                merge(),
                copy(),
                inspect(),
                images(),
                delete(),
                tags(),
                socket(),
                volume(),
                volumes(),
                volumeRemove(),
                volumePrune(),
                volumeCopy(),
                volumeArchive(),
                volumeRestore(),
                compose());
    }

    /** A build. */
    public static BuildOperation build() {
        BuildOperation build = new BuildOperation();
        build.setTags(List.of("registry.example:5000/team/app:1", "team/app:${BUILD_NUMBER}"));
        build.setTagRules(List.of("type=ref,event=branch", "type=semver,pattern={{version}},\"match=v(.*)\""));
        build.setTagImages(List.of("team/app", "registry.example:5000/team/other"));
        build.setTagFlavor(List.of("latest=false", "suffix=-alpine"));
        build.setDefaultBranch("trunk");
        build.setBuilder("farm");
        build.setContext("app");
        build.setFile("docker/Dockerfile");
        build.setDockerfileInline("FROM base:1\nRUN echo \"$HOME & <more>\"");
        build.setTarget("runtime");
        build.setBuildArgs(ordered("VERSION", "1", "NOTES", "two\nlines & <more>", "EMPTY", ""));
        build.setBuildContexts(ordered("base", "docker-image://team/base:1", "shared", "../shared"));
        build.setLabels(ordered("org.example.kind", "sample", "org.example.text", " spaces "));
        build.setAnnotations(List.of("org.example.kind=sample", "index:org.example.text=a, b"));
        build.setPlatforms(List.of("linux/amd64", "linux/arm64"));
        build.setPull(true);
        build.setNoCache(true);
        build.setNoCacheFilters(List.of("runtime", "test"));
        build.setNetwork("host");
        build.setAddHosts(List.of("db.example:10.0.0.7"));
        build.setShmSize("64m");
        build.setUlimits(List.of("nofile=1024:2048", "nproc=512"));
        build.setCgroupParent("builds.slice");
        build.setAllow(List.of("network.host", "device=vendor.example/device=name"));
        build.setCacheFrom(List.of("team/app:latest", "type=local,src=cache"));
        build.setCacheTo(List.of("type=inline", "type=registry,ref=team/app:cache,mode=max"));
        build.setSecrets(ordered("token", "app-token", "other", "folder-secret"));
        build.setSecretFiles(ordered("settings", "config/settings.xml"));
        build.setSecretEnvs(ordered("password", "APP_PASSWORD"));
        build.setSsh(ordered("default", "", "git", "git-key"));
        build.setAttests(List.of("type=sbom,generator=team/scanner:1"));
        build.setProvenance("mode=max");
        build.setSbom("false");
        build.setOutputs(List.of("type=local,dest=out", "type=oci,dest=image.tar"));
        build.setLoad(false);
        build.setPush(true);
        build.setVia("agent");
        build.setCall("outline");
        build.setProgress("compact");
        return configured(build);
    }

    /** A tag. */
    public static TagOperation tag() {
        TagOperation tag = new TagOperation("${CONTAINER_IMAGE_ID}");
        tag.setTags(List.of("team/app:2"));
        return configured(tag);
    }

    /** A push. */
    public static PushOperation push() {
        PushOperation push = new PushOperation("${CONTAINER_IMAGE_ID}");
        push.setTags(List.of("team/app:2", "team/app:3"));
        push.setVia("agent");
        return configured(push);
    }

    /** A pull. */
    public static PullOperation pull() {
        PullOperation pull = new PullOperation("team/app:1");
        pull.setPlatform("linux/arm64");
        return configured(pull);
    }

    /** A copy. */
    public static CopyOperation copy() {
        CopyOperation copy = new CopyOperation("team/app:1");
        copy.setTo(List.of("team/app:stable", "releases/app:${BUILD_NUMBER}"));
        copy.setReferrers(true);
        copy.setRegistry("nexus");
        return copy;
    }

    /** A look at an image. */
    public static InspectOperation inspect() {
        InspectOperation inspect = new InspectOperation("team/app:1");
        inspect.setPlatform("linux/arm64");
        inspect.setRegistry("nexus");
        return inspect;
    }

    /** A list of tags. */
    public static ImagesOperation images() {
        ImagesOperation images = new ImagesOperation("team/app");
        images.setFilter("pr-*");
        images.setRegistry("nexus");
        return images;
    }

    /** A deletion. */
    public static DeleteOperation delete() {
        DeleteOperation delete = new DeleteOperation("team/app:pr-1");
        delete.setRegistry("nexus");
        return delete;
    }

    /** A merge. */
    public static MergeOperation merge() {
        MergeOperation merge = new MergeOperation(List.of("team/app@sha256:" + "0a".repeat(32), "team/app:1-arm64"));
        merge.setTags(List.of("team/app:1", "team/app:${BUILD_NUMBER}"));
        merge.setAnnotations(List.of("org.example.kind=sample", "index:org.example.text=a, b"));
        merge.setRegistry("nexus");
        return merge;
    }

    /** Tags by rules. */
    public static TagsOperation tags() {
        TagsOperation tags = new TagsOperation();
        tags.setImage("team/app, registry.example:5000/team/other");
        tags.setRules(List.of("type=sha,format=long", "type=raw,value=latest,enable={{is_default_branch}}"));
        tags.setFlavor(List.of("latest=false", "prefix=dev-,onlatest=true"));
        tags.setDefaultBranch("${TRUNK}");
        tags.setRegistry("nexus");
        return tags;
    }

    /** A look that repairs. */
    public static SocketOperation socket() {
        SocketOperation socket = new SocketOperation();
        socket.setRepair(true);
        socket.setUndo(true);
        socket.setServer("build-host");
        return socket;
    }

    /** A volume. */
    public static VolumeOperation volume() {
        VolumeOperation volume = new VolumeOperation();
        volume.setName("m2-${JOB_BASE_NAME}");
        volume.setDriver("local");
        volume.setDriverOpts(ordered("type", "tmpfs", "o", "size=64m,mode=0700"));
        volume.setLabels(ordered("team", "app", "note", "a & <b>"));
        volume.setOwner("1000:1000");
        volume.setScope("build");
        volume.setMaxAge("7d");
        return onServer(volume);
    }

    /** A list of volumes. */
    public static VolumesOperation volumes() {
        VolumesOperation volumes = new VolumesOperation();
        volumes.setName("m2");
        volumes.setLabel(List.of("team", "team=app"));
        volumes.setForeign(true);
        return onServer(volumes);
    }

    /** A removal. */
    public static VolumeRemoveOperation volumeRemove() {
        VolumeRemoveOperation remove = new VolumeRemoveOperation(List.of("m2-cache", "${CONTAINER_VOLUME}"));
        remove.setForce(true);
        remove.setForeign(true);
        return onServer(remove);
    }

    /** A pruning. */
    public static VolumePruneOperation volumePrune() {
        VolumePruneOperation prune = new VolumePruneOperation();
        prune.setMaxAge("7d");
        prune.setKeepBytes("20g");
        prune.setLabel(List.of("team=app"));
        return onServer(prune);
    }

    /** A copy. */
    public static VolumeCopyOperation volumeCopy() {
        VolumeCopyOperation copy = new VolumeCopyOperation("sources/", "${CONTAINER_VOLUME}:/src");
        copy.setOwner("1000:1000");
        return onServer(copy);
    }

    /** An archive. */
    public static VolumeArchiveOperation volumeArchive() {
        return onServer(new VolumeArchiveOperation("m2-cache", "m2.tar.gz"));
    }

    /** An archive that is read. */
    public static VolumeRestoreOperation volumeRestore() {
        return onServer(new VolumeRestoreOperation("m2-cache", "m2.tar.gz"));
    }

    /** A container beside a block. */
    public static WithContainerOperation withContainer() {
        WithContainerOperation container = contained(new WithContainerOperation("postgres:16"));
        container.setWaitFor("port:5432");
        container.setTimeLimit("1m");
        return container;
    }

    /** A container around a block. */
    public static InsideContainerOperation insideContainer() {
        return contained(new InsideContainerOperation("maven:3"));
    }

    /** A command in a container of its own. */
    public static RunOperation run() {
        RunOperation run = contained(new RunOperation("team/report:1"));
        run.setTimeLimit("5m");
        run.setOutputFile("report.json");
        run.setReturnStatus(true);
        run.setQuiet(true);
        return run;
    }

    /** A command in a container that is there. */
    public static ExecOperation exec() {
        ExecOperation exec = new ExecOperation("${CONTAINER_ID}", List.of("pg_dump", "app"));
        exec.setEnv(ordered("PGUSER", "app"));
        exec.setUser("1000:1000");
        exec.setWorkdir("/tmp");
        exec.setTimeLimit("90s");
        exec.setReturnStatus(true);
        exec.setQuiet(true);
        return onServer(exec);
    }

    /** A container's lines. */
    public static LogsOperation logs() {
        LogsOperation logs = new LogsOperation("${CONTAINER_ID}");
        logs.setTail("20");
        return onServer(logs);
    }

    /** Logins for other programs. */
    public static RegistryLoginOperation registryLogin() {
        return new RegistryLoginOperation(List.of("nexus", "hub"));
    }

    /** A network. */
    public static NetworkOperation network() {
        NetworkOperation network = new NetworkOperation();
        network.setName("test-net");
        network.setDriver("bridge");
        network.setInternal(true);
        network.setJoinAgent(true);
        network.setLabels(ordered("team", "app"));
        return onServer(network);
    }

    /** A project of Docker Compose. */
    public static ComposeOperation compose() {
        ComposeOperation compose = new ComposeOperation();
        compose.setFiles(List.of("docker-compose.yml", "docker-compose.ci.yml"));
        compose.setProject("tests");
        compose.setProfiles(List.of("debug"));
        compose.setEnv(ordered("TAG", "1.0 & <b>"));
        compose.setServices(List.of("mongo", "mongo-express"));
        compose.setBuild(true);
        compose.setPull("always");
        compose.setWait(false);
        compose.setTimeLimit("90s");
        compose.setKeepVolumes(true);
        compose.setLogs("logs");
        compose.setDockerSocket(true);
        compose.setPrivileged(true);
        return onServer(compose);
    }

    private static <T extends ContainerOptions<?>> T contained(T options) {
        options.setName("one");
        options.setAliases(List.of("db", "postgres"));
        options.setCommand(List.of("postgres", "-c", "fsync=off"));
        options.setEntrypoint(List.of("docker-entrypoint.sh"));
        options.setEnv(ordered("POSTGRES_USER", "app"));
        options.setPorts(List.of("5432", "8080:80"));
        options.setVolumes(List.of("./data:/data", "m2:/m2:ro"));
        options.setNetworks(List.of("test-net"));
        options.setUser("1000:1000");
        options.setWorkdir("/work");
        options.setDockerSocket(true);
        options.setGroupZero(true);
        options.setHealth(ordered("cmd", "pg_isready", "interval", "5s"));
        options.setMemory("512m");
        options.setCpus("1.5");
        options.setShmSize("256m");
        options.setPrivileged(true);
        options.setPull("always");
        options.setPlatform("linux/amd64");
        options.setLabels(ordered("team", "app"));
        options.setAddHosts(List.of("db.example:10.0.0.7"));
        return configured(options);
    }

    private static <T extends DaemonOperation<?>> T onServer(T operation) {
        operation.setServer("build-host");
        return operation;
    }

    private static <T extends ImageOperation<?>> T configured(T operation) {
        operation.setRegistry("nexus");
        operation.setServer("build-host");
        return operation;
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
