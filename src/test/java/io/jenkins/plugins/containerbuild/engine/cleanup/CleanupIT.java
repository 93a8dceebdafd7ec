package io.jenkins.plugins.containerbuild.engine.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import io.jenkins.plugins.containerbuild.engine.BackgroundCall;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.build.BuildRequest;
import io.jenkins.plugins.containerbuild.engine.container.ContainerDetails;
import io.jenkins.plugins.containerbuild.engine.container.ContainerFiles;
import io.jenkins.plugins.containerbuild.engine.container.ContainerImage;
import io.jenkins.plugins.containerbuild.engine.container.ContainerProcess;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRequest;
import io.jenkins.plugins.containerbuild.engine.container.Readiness;
import io.jenkins.plugins.containerbuild.engine.endpoint.EndpointRequest;
import io.jenkins.plugins.containerbuild.engine.image.ImageReference;
import io.jenkins.plugins.containerbuild.engine.image.ImageSelector;
import io.jenkins.plugins.containerbuild.engine.network.NetworkDetails;
import io.jenkins.plugins.containerbuild.engine.network.NetworkRequest;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.Registries;
import io.jenkins.plugins.containerbuild.engine.volume.CopyPlace;
import io.jenkins.plugins.containerbuild.engine.volume.CopyRequest;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeKit;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeRequest;
import io.jenkins.plugins.containerbuild.engine.volume.spec.VolumeSpec;
import io.jenkins.plugins.containerbuild.testkit.EngineGate;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestOnEveryEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dead builds, agents and controllers left is removed, and nothing else. */
class CleanupIT {

    private static final String DEAD = "team/app#7";
    private static final String ALIVE = "team/app#8";

    private final String controller = "controller-" + UUID.randomUUID();
    private final Maker dead = maker(controller, DEAD);
    private final Maker alive = maker(controller, ALIVE);

    private static Maker maker(String controller, String build) {
        return new Maker(controller, "team/app", build, "node", "withContainer");
    }

    @TestOnEveryEngine
    void whatADeadBuildLeftIsRemovedAndNothingElse(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            NetworkDetails network = under.engine().networks().create(NetworkRequest.of(dead));
            String volume = volume(under, dead, Scope.BUILD);
            ContainerDetails left = container(under, dead, "/data", volume + ":/v");
            String helper = helperImage(daemon);
            Set<String> anonymous = anonymousVolumes(daemon, left.id());
            ContainerDetails ofTheLiving = container(under, alive, "/data");
            ContainerDetails ofOthers = container(under, maker(controller + "-2", DEAD));
            String permanent = volume(under, dead, Scope.PERMANENT);
            String nobodys = kit.container(permanent, "0", "true");
            assertThat(anonymous).hasSize(1);

            assertThat(under.engine().cleanup().owners(controller))
                    .isEqualTo(new Owners(Set.of(DEAD, ALIVE), Set.of()));
            ReapResult result = under.engine().cleanup().reap(ReapRequest.ofBuilds(controller, Set.of(DEAD)));

            assertThat(result.left()).isEmpty();
            assertThat(result.removed())
                    .contains(
                            new Remnant(Remnant.Kind.CONTAINER, left.name(), DEAD),
                            new Remnant(Remnant.Kind.NETWORK, network.name(), DEAD),
                            new Remnant(Remnant.Kind.VOLUME, volume, DEAD),
                            new Remnant(Remnant.Kind.HELPER_IMAGE, helper, DEAD));
            assertThat(under.engine().cleanup().owners(controller)).isEqualTo(new Owners(Set.of(ALIVE), Set.of()));
            assertThat(anonymous).noneMatch(kit::hasVolume);
            assertThat(daemon.hasImage(helper)).isFalse();
            assertThat(kit.hasVolume(permanent)).isTrue();
            assertThat(List.of(ofTheLiving.id(), ofOthers.id())).allMatch(id -> isRunning(daemon.client(), id));
            assertThat(under.engine().containers().inspect(nobodys).state()).isEqualTo("created");

            kit.remove(nobodys);
            under.engine().cleanup().reap(ReapRequest.ofBuilds(controller, Set.of(ALIVE)));
            assertThat(under.engine().cleanup().owners(controller).isEmpty()).isTrue();
            kit.remove(ofOthers.id());
            daemon.client().removeVolumeCmd(permanent).exec();
        }
    }

    @TestOnEveryEngine
    void whatACopyLeftWhoseAgentWasLostIsRemoved(TestEngine daemon, @TempDir Path folder) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("huge").toFile(), "rw")) {
            file.setLength(64L << 30);
        }
        try (EngineGate gate = EngineGate.at(folder.resolve("gate.sock"), daemon);
                EngineUnderTest lost = EngineUnderTest.at(
                        new EndpointRequest(gate.uri().toString(), null, Map.of()),
                        Registries.none(),
                        CredentialsSource.ANONYMOUS);
                EngineUnderTest under = EngineUnderTest.on(daemon)) {
            String volume = volume(lost, dead, Scope.BUILD);
            gate.swallowAfter(10_000_000);
            BackgroundCall copy = new BackgroundCall(() -> lost.engine()
                    .volumes()
                    .copy(CopyRequest.of(
                            CopyPlace.parse("from", "huge"),
                            CopyPlace.parse("to", volume + ":/"),
                            folder.toString(),
                            dead)));
            assertThat(gate.awaitSwallowing(Duration.ofSeconds(60))).isTrue();

            gate.close();
            copy.awaitFailure(Duration.ofSeconds(20));
            assertThat(under.engine().containers().ownedBy(controller)).hasSize(1);
            assertThat(under.engine().cleanup().owners(controller)).isEqualTo(new Owners(Set.of(DEAD), Set.of()));
            ReapResult result = under.engine().cleanup().reap(ReapRequest.ofBuilds(controller, Set.of(DEAD)));

            assertThat(result.left()).isEmpty();
            assertThat(result.removed())
                    .extracting(Remnant::kind)
                    .containsExactly(Remnant.Kind.CONTAINER, Remnant.Kind.VOLUME, Remnant.Kind.HELPER_IMAGE);
            assertThat(under.engine().cleanup().owners(controller).isEmpty()).isTrue();
        }
    }

    @Test
    @WithEngine
    void aNetworkGoesAlthoughALivingContainerIsInIt(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            NetworkDetails network = under.engine().networks().create(NetworkRequest.of(dead));
            ContainerDetails guest = container(under, alive);
            under.engine().networks().connect(network.id(), guest.id(), List.of());

            ReapResult result = under.engine().cleanup().reap(ReapRequest.ofBuilds(controller, Set.of(DEAD)));

            assertThat(result)
                    .isEqualTo(new ReapResult(
                            List.of(new Remnant(Remnant.Kind.NETWORK, network.name(), DEAD)), List.of()));
            assertThat(isRunning(daemon.client(), guest.id())).isTrue();
            under.engine().containers().remove(guest.id());
        }
    }

    @Test
    @WithEngine
    void aVolumeOfAJobGoesWhenTheJobIsGone(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            String volume = volume(under, dead, Scope.JOB);
            assertThat(under.engine().cleanup().owners(controller).jobs()).containsExactly("team/app");

            under.engine().cleanup().reap(ReapRequest.ofBuilds(controller, Set.of(DEAD)));
            assertThat(kit.hasVolume(volume)).isTrue();

            under.engine().cleanup().reap(new ReapRequest(controller, Set.of(), Set.of("team/app")));
            assertThat(kit.hasVolume(volume)).isFalse();
        }
    }

    @Test
    @WithEngine
    void whatCannotBeRemovedIsTold(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            String used = volume(under, dead, Scope.BUILD);
            String free = volume(under, dead, Scope.BUILD);
            String foreign = kit.container(used, "0", "true");

            ReapResult result = under.engine().cleanup().reap(ReapRequest.ofBuilds(controller, Set.of(DEAD)));

            assertThat(result.removed()).containsExactly(new Remnant(Remnant.Kind.VOLUME, free, DEAD));
            assertThat(result.left()).hasSize(1);
            assertThat(result.left().get(0).remnant().shown()).isEqualTo("the volume " + used + " of " + DEAD);
            assertThat(result.left().get(0).reason()).contains("volume is in use");
            kit.remove(foreign);
            under.engine().cleanup().reap(ReapRequest.ofBuilds(controller, Set.of(DEAD)));
            assertThat(kit.hasVolume(used)).isFalse();
        }
    }

    @Test
    @WithEngine
    void volumesAreHeldWithinTheirSpace(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            String older = volume(under, dead, Scope.PERMANENT);
            kit.sh(older, "0", "head -c 300000 /dev/zero > /v/file");
            // Labels tell when a volume was made to the second.
            Instant made = Instant.now();
            while (Instant.now().getEpochSecond() == made.getEpochSecond()) {
                Thread.onSpinWait();
            }
            String newer = volume(under, dead, Scope.PERMANENT);
            kit.sh(newer, "0", "head -c 300000 /dev/zero > /v/file");
            String ofOthers = volume(under, maker(controller + "-2", DEAD), Scope.PERMANENT);
            kit.sh(ofOthers, "0", "head -c 300000 /dev/zero > /v/file");

            SpaceResult enough = under.engine()
                    .cleanup()
                    .keepWithin(new SpaceRequest(controller, null, 1_000_000L, null, List.of()));
            SpaceResult tooMuch =
                    under.engine().cleanup().keepWithin(new SpaceRequest(controller, null, 500_000L, null, List.of()));

            assertThat(enough).isEqualTo(new SpaceResult(0, List.of(), List.of(), List.of()));
            assertThat(tooMuch.volumes()).extracting(volume -> volume.name()).containsExactly(older);
            assertThat(List.of(newer, ofOthers)).allMatch(kit::hasVolume);
            daemon.client().removeVolumeCmd(newer).exec();
            daemon.client().removeVolumeCmd(ofOthers).exec();
        }
    }

    @TestOnEveryEngine
    void theBuildCacheIsHeldWithinItsSpace(TestEngine daemon, @TempDir Path folder) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            EngineUnderTest.dockerfile(
                    folder,
                    "FROM " + TestEngine.BASE_IMAGE,
                    "RUN head -c 3000000 /dev/urandom > /" + UUID.randomUUID(),
                    "RUN rm -rf /tmp/*");
            String image = String.valueOf(under.engine()
                    .build(BuildRequest.of(folder.toString()).build())
                    .imageId());
            daemon.client().removeImageCmd(image).withForce(true).exec();

            SpaceResult enough =
                    under.engine().cleanup().keepWithin(new SpaceRequest(controller, 1L << 40, null, null, List.of()));
            SpaceResult nothing =
                    under.engine().cleanup().keepWithin(new SpaceRequest(controller, 0L, null, null, List.of()));

            assertThat(enough.cacheBytes()).isZero();
            if (daemon.kind() == EngineKind.PODMAN_5) {
                assertThat(nothing.cacheBytes()).isZero();
            } else {
                assertThat(nothing.cacheBytes()).isGreaterThanOrEqualTo(3_000_000);
            }
        }
    }

    @TestOnEveryEngine
    void imagesAreHeldWithinTheirSpace(TestEngine daemon, @TempDir Path folder) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        // containerd keeps the compressed layer as well.
        long one = daemon.kind() == EngineKind.ENGINE_26_CONTAINERD ? 6_300_000 : 3_100_000;
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            String used = image(under, folder, "used");
            String older = image(under, folder, "older");
            String newer = image(under, folder, "newer");
            String foreign = image(under, folder, "foreign");
            String container = daemon.client().createContainerCmd(used).exec().getId();
            List<String> ids = List.of("sha256:" + "0".repeat(64), used, older, newer);

            SpaceResult enough =
                    under.engine().cleanup().keepWithin(new SpaceRequest(controller, null, null, 4 * one, ids));
            SpaceResult tooMuch = under.engine()
                    .cleanup()
                    .keepWithin(new SpaceRequest(controller, null, null, 2 * one + one / 2, ids));

            assertThat(enough.images()).isEmpty();
            assertThat(enough.forgotten()).containsExactly(ids.get(0));
            assertThat(tooMuch.images()).hasSize(1).allMatch(name -> name.contains("made/older-"));
            assertThat(tooMuch.forgotten()).containsExactly(ids.get(0), older);
            assertThat(daemon.hasImage(older)).isFalse();
            assertThat(List.of(used, newer, foreign)).allMatch(daemon::hasImage);
            kit.remove(container);
            List.of(used, newer, foreign).forEach(daemon::removeImage);
        }
    }

    /** One with three megabytes of its own. */
    private static String image(EngineUnderTest under, Path folder, String name) throws Exception {
        EngineUnderTest.dockerfile(
                folder, "FROM " + TestEngine.BASE_IMAGE, "RUN head -c 3000000 /dev/urandom > /" + UUID.randomUUID());
        return String.valueOf(under.engine()
                .build(BuildRequest.of(folder.toString())
                        .tags(List.of(ImageReference.parse("made/" + name + "-" + UUID.randomUUID())))
                        .build())
                .imageId());
    }

    private static String volume(EngineUnderTest under, Maker maker, Scope scope) throws Exception {
        return under.engine()
                .volumes()
                .ensure(VolumeRequest.of(VolumeKit.newName(), maker)
                        .scope(scope)
                        .build())
                .volume()
                .name();
    }

    private static ContainerDetails container(EngineUnderTest under, Maker maker, String... volumes) throws Exception {
        List<VolumeSpec> specs = new ArrayList<>();
        for (String volume : volumes) {
            specs.add(VolumeSpec.parse(volume));
        }
        return under.engine()
                .containers()
                .start(request(maker).withFiles(ContainerFiles.of(null, specs)), Readiness.RUNNING);
    }

    private static ContainerRequest request(Maker maker) {
        return ContainerRequest.of(ContainerImage.of(ImageSelector.parse(TestEngine.BASE_IMAGE)), maker)
                .withProcess(ContainerProcess.of("sleep", "300"));
    }

    /** As one is left whose agent has ended in the middle of a copy. */
    private String helperImage(TestEngine daemon) throws Exception {
        String name = Ownership.HELPER_REPOSITORY + ":" + UUID.randomUUID();
        Path folder = Files.createTempDirectory("helper");
        Path dockerfile =
                EngineUnderTest.dockerfile(folder, "FROM scratch", "LABEL a=b").resolve("Dockerfile");
        daemon.client()
                .buildImageCmd(dockerfile.toFile())
                .withTags(Set.of(name))
                .withLabels(Ownership.ofHelper(dead, Instant.now()).labels())
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        return name;
    }

    private static Set<String> anonymousVolumes(TestEngine daemon, String container) {
        Set<String> names = new HashSet<>();
        for (var mount : daemon.client().inspectContainerCmd(container).exec().getMounts()) {
            if ("/data".equals(String.valueOf(mount.getDestination().getPath()))) {
                names.add(mount.getName());
            }
        }
        return names;
    }

    private static boolean isRunning(DockerClient docker, String container) {
        return Boolean.TRUE.equals(
                docker.inspectContainerCmd(container).exec().getState().getRunning());
    }
}
