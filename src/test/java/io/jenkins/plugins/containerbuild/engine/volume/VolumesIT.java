package io.jenkins.plugins.containerbuild.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.EngineException;
import io.jenkins.plugins.containerbuild.engine.EngineUnderTest;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.Volumes;
import io.jenkins.plugins.containerbuild.engine.ownership.Maker;
import io.jenkins.plugins.containerbuild.engine.ownership.Ownership;
import io.jenkins.plugins.containerbuild.engine.ownership.Scope;
import io.jenkins.plugins.containerbuild.testkit.EngineKind;
import io.jenkins.plugins.containerbuild.testkit.TestEngine;
import io.jenkins.plugins.containerbuild.testkit.TestOnEveryEngine;
import io.jenkins.plugins.containerbuild.testkit.WithEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Volumes are made, looked at and removed. */
class VolumesIT {

    private static VolumeRequest.Builder request(String name) {
        return VolumeRequest.of(name, VolumeKit.MAKER);
    }

    @TestOnEveryEngine
    void aFreshVolumeBelongsToItsOwner(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        String name = VolumeKit.newName();
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            VolumeResult made = under.engine()
                    .volumes()
                    .ensure(request(name).owner(new VolumeOwner(1234, 2345)).build());

            assertThat(made.made()).isTrue();
            assertThat(kit.sh(name, "1234:2345", "touch /v/mine && stat -c '%u:%g %a' /v"))
                    .isEqualTo("1234:2345 755");
            assertThat(under.log()).contains("Created the volume " + name).doesNotContain("WARNING");
            assertThat(kit.leftBehind()).isEmpty();

            under.engine().volumes().remove(RemoveRequest.of(List.of(name), "controller-1"));
            assertThat(kit.hasVolume(name)).isFalse();
        }
    }

    @TestOnEveryEngine
    void tellsItsFacts(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        String name = VolumeKit.newName();
        Instant before = Instant.now().minusSeconds(2);
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            under.engine()
                    .volumes()
                    .ensure(request(name)
                            .labels(Map.of("team", "a b"))
                            .scope(Scope.JOB)
                            .maxAge(Duration.ofDays(7))
                            .build());
            kit.sh(name, "0", "dd if=/dev/zero of=/v/data bs=1024 count=64");
            String user = kit.container(name, "0", "sh");

            VolumeDetails details = under.engine().volumes().inspect(name);
            VolumeDetails listed = under.engine()
                    .volumes()
                    .list(new VolumeFilter(name.substring(0, 12), List.of("team=a b", Ownership.JOB)))
                    .get(0);

            assertThat(details.driver()).isEqualTo("local");
            assertThat(details.mountpoint()).endsWith("/_data");
            assertThat(details.created()).isBetween(before, Instant.now().plusSeconds(2));
            assertThat(details.labels()).containsEntry("team", "a b");
            assertThat(details.sizeBytes()).isGreaterThanOrEqualTo(65536);
            assertThat(details.usedBy()).extracting(VolumeUser::id).containsExactly(user);
            Ownership ownership = details.ownership().orElseThrow();
            assertThat(ownership.maker()).isEqualTo(VolumeKit.MAKER);
            assertThat(ownership.scope()).isEqualTo(Scope.JOB);
            assertThat(ownership.maxAge()).isEqualTo(Duration.ofDays(7));
            assertThat(ownership.created()).isBetween(before, Instant.now().plusSeconds(2));
            assertThat(listed).isEqualTo(details);
            assertThat(under.engine().volumes().list(new VolumeFilter(name, List.of("team=b"))))
                    .isEmpty();
            kit.remove(user);
            under.engine().volumes().remove(RemoveRequest.of(List.of(name), "controller-1"));
        }
    }

    @TestOnEveryEngine
    void aVolumeThatIsThereStaysAsItIs(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        String name = VolumeKit.newName();
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            under.engine().volumes().ensure(request(name).build());
            kit.sh(name, "0", "touch /v/data");

            VolumeResult again = under.engine()
                    .volumes()
                    .ensure(request(name)
                            .labels(Map.of("new", "label"))
                            .owner(new VolumeOwner(7, 7))
                            .build());

            assertThat(again.made()).isFalse();
            assertThat(again.volume().labels()).doesNotContainKey("new");
            assertThat(under.log()).contains("WARNING: The volume " + name);
            assertThat(kit.sh(name, "0", "stat -c %u /v; ls /v")).isEqualTo("0\ndata");
            under.engine().volumes().remove(RemoveRequest.of(List.of(name), "controller-1"));
        }
    }

    @Test
    @WithEngine
    void anEmptyVolumeThatIsThereGetsItsOwnerAfterAll(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        String name = VolumeKit.newName();
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            under.engine().volumes().ensure(request(name).build());

            under.engine()
                    .volumes()
                    .ensure(request(name).owner(new VolumeOwner(7, 8)).build());

            assertThat(kit.sh(name, "0", "stat -c %u:%g /v")).isEqualTo("7:8");
            assertThat(under.log()).doesNotContain("WARNING");
            under.engine().volumes().remove(RemoveRequest.of(List.of(name), "controller-1"));
        }
    }

    @TestOnEveryEngine
    void otherOptionsThanThoseAskedForAreAnError(TestEngine daemon) throws Exception {
        String name = VolumeKit.newName();
        Map<String, String> options = Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=1m");
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            Volumes volumes = under.engine().volumes();
            VolumeOwner owner = new VolumeOwner(1000, 1000);
            volumes.ensure(request(name)
                    .driver("local")
                    .driverOpts(options)
                    .owner(owner)
                    .build());

            VolumeResult same = volumes.ensure(
                    request(name).driverOpts(options).owner(owner).build());
            VolumeResult any = volumes.ensure(request(name).build());

            assertThat(same.made()).isFalse();
            assertThat(any.made()).isFalse();
            assertThat(VolumeKit.on(daemon).sh(name, "1000", "touch /v/x; stat -c %u /v"))
                    .isEqualTo("1000");
            assertThatThrownBy(() -> volumes.ensure(request(name)
                            .driverOpts(Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=2m,password=secret"))
                            .build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("could not create the volume " + name)
                    .hasMessageContaining("with other driver options (o)")
                    .hasMessageNotContaining("secret");
            assertThatThrownBy(() -> volumes.ensure(request(name).driver("nfs").build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("with the driver local, not nfs");
            volumes.remove(RemoveRequest.of(List.of(name), "controller-1"));
        }
    }

    @TestOnEveryEngine
    void anUnknownDriverIsNamedAndLeavesNothing(TestEngine daemon) throws Exception {
        String name = VolumeKit.newName();
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .volumes()
                            .ensure(request(name).driver("no-such-driver").build()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not create the volume " + name + " with the driver no-such-driver")
                    .hasMessageContaining("Use the driver local, or install");
            assertThatThrownBy(() -> under.engine()
                            .volumes()
                            .ensure(request(name)
                                    .driverOpts(Map.of("no-such-option", "x"))
                                    .build()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("no-such-option")
                    .hasMessageContaining("Check the driver's options");

            assertThat(VolumeKit.on(daemon).hasVolume(name)).isFalse();
        }
    }

    @Test
    @WithEngine
    void aVolumeThatCannotBeMountedIsRemovedAgain(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        String name = VolumeKit.newName();
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .volumes()
                            .ensure(request(name)
                                    .driverOpts(
                                            Map.of("type", "ext4", "device", "/no/such/device", "o", "password=secret"))
                                    .owner(new VolumeOwner(1, 1))
                                    .build()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("could not give the volume " + name + " to 1:1")
                    .hasMessageContaining("/no/such/device")
                    .hasMessageNotContaining("secret")
                    .hasMessageContaining("Check the volume's driver options");

            assertThat(kit.hasVolume(name)).isFalse();
            assertThat(kit.leftBehind()).isEmpty();
        }
    }

    @Test
    @WithEngine
    void theDaemonChoosesANameWhereNoneIsGiven(TestEngine daemon) throws Exception {
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            VolumeDetails volume =
                    under.engine().volumes().ensure(request(null).build()).volume();

            assertThat(volume.name()).matches("[0-9a-f]{64}");
            under.engine().volumes().remove(RemoveRequest.of(List.of(volume.name()), "controller-1"));
        }
    }

    @TestOnEveryEngine
    void whatIsInUseOrForeignIsNotRemoved(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        String name = VolumeKit.newName();
        String unused = VolumeKit.newName();
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            Volumes volumes = under.engine().volumes();
            volumes.ensure(request(name).build());
            volumes.ensure(request(unused).build());
            String user = kit.container(name, "0", "sh");

            assertThatThrownBy(() -> volumes.remove(RemoveRequest.of(List.of(unused, name), "controller-1")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("could not remove the volume " + name + ": it is in use by ")
                    .hasMessageContaining("set force");
            assertThatThrownBy(() -> volumes.remove(RemoveRequest.of(List.of(unused), "controller-2")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("it was made by the controller controller-1");
            assertThat(kit.hasVolume(unused)).isTrue();

            List<RemovedVolume> removed =
                    volumes.remove(new RemoveRequest(List.of(name, unused), "controller-2", true, true));

            assertThat(removed).extracting(RemovedVolume::name).containsExactly(name, unused);
            assertThat(kit.hasVolume(name)).isFalse();
            assertThat(daemon.client().listContainersCmd().withShowAll(true).exec())
                    .noneMatch(container -> container.getId().equals(user));
        }
    }

    @Test
    @WithEngine
    void aVolumeThatNobodyMadeHereIsForeign(TestEngine daemon) throws Exception {
        String name = VolumeKit.newName();
        daemon.client().createVolumeCmd().withName(name).exec();
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            assertThatThrownBy(() -> under.engine()
                            .volumes()
                            .remove(new RemoveRequest(List.of(name), "controller-1", true, false)))
                    .hasMessageContaining("it was not made by this plugin. Set foreign");
            under.engine().volumes().remove(new RemoveRequest(List.of(name), "controller-1", false, true));

            assertThat(VolumeKit.on(daemon).hasVolume(name)).isFalse();
        }
    }

    @Test
    @WithEngine
    void aVolumeThatIsNotThereIsAnErrorUnlessForced(TestEngine daemon) throws Exception {
        String name = VolumeKit.newName();
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            Volumes volumes = under.engine().volumes();

            assertThatThrownBy(() -> volumes.remove(RemoveRequest.of(List.of(name), "controller-1")))
                    .hasMessageContaining("has no volume " + name);
            assertThatThrownBy(() -> volumes.inspect(name)).hasMessageContaining("has no volume " + name);
            assertThatThrownBy(() -> volumes.inspect("../" + name)).hasMessageContaining("it is a path");
            assertThat(volumes.remove(new RemoveRequest(List.of(name), "controller-1", true, false)))
                    .isEmpty();
        }
    }

    @TestOnEveryEngine
    void pruningKeepsWhatFitsAndWhatIsInUse(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        String label = "prune=" + VolumeKit.newName();
        String old = VolumeKit.newName();
        String used = VolumeKit.newName();
        String recent = VolumeKit.newName();
        String foreign = VolumeKit.newName();
        String[] pair = label.split("=");
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            Volumes volumes = under.engine().volumes();
            Map<String, String> labels = new HashMap<>(new Ownership(
                            Maker.of("controller-1"),
                            Scope.PERMANENT,
                            Instant.now().minusSeconds(60),
                            null)
                    .labels());
            labels.put(pair[0], pair[1]);
            daemon.client().createVolumeCmd().withName(old).withLabels(labels).exec();
            for (String name : List.of(used, recent)) {
                volumes.ensure(request(name).labels(Map.of(pair[0], pair[1])).build());
            }
            for (String name : List.of(old, used, recent)) {
                kit.sh(name, "0", "dd if=/dev/zero of=/v/data bs=1024 count=100");
            }
            volumes.ensure(VolumeRequest.of(foreign, Maker.of("controller-2"))
                    .labels(Map.of(pair[0], pair[1]))
                    .build());
            String user = kit.container(used, "0", "sh");

            PruneResult nothing = volumes.prune(new PruneRequest("controller-1", null, null, List.of(label)));
            PruneResult fitting = volumes.prune(new PruneRequest("controller-1", null, 250_000L, List.of(label)));
            PruneResult all = volumes.prune(new PruneRequest("controller-1", Duration.ZERO, null, List.of(label)));

            assertThat(nothing.removed()).isEmpty();
            assertThat(nothing.kept()).hasSize(3);
            assertThat(fitting.removed()).extracting(RemovedVolume::name).containsExactly(old);
            assertThat(fitting.freedBytes()).isGreaterThanOrEqualTo(102_400);
            assertThat(fitting.kept()).extracting(KeptVolume::name).containsExactlyInAnyOrder(used, recent);
            assertThat(fitting.kept()).anyMatch(kept -> kept.reason().startsWith("in use by"));
            assertThat(all.removed()).extracting(RemovedVolume::name).containsExactly(recent);
            assertThat(all.kept()).extracting(KeptVolume::name).containsExactly(used);
            assertThat(kit.hasVolume(foreign)).isTrue();
            kit.remove(user);
            volumes.remove(new RemoveRequest(List.of(used, foreign), "controller-1", true, true));
        }
    }

    @Test
    @WithEngine(EngineKind.INSTALLED)
    void pruningGoesByAVolumesOwnAge(TestEngine daemon) throws Exception {
        VolumeKit kit = VolumeKit.on(daemon);
        String name = VolumeKit.newName();
        String lasting = VolumeKit.newName();
        try (EngineUnderTest under = EngineUnderTest.on(daemon)) {
            Volumes volumes = under.engine().volumes();
            volumes.ensure(request(name).maxAge(Duration.ZERO).build());
            volumes.ensure(request(lasting).maxAge(Duration.ofHours(1)).build());

            volumes.prune(PruneRequest.of("controller-1"));

            assertThat(kit.hasVolume(name)).isFalse();
            assertThat(kit.hasVolume(lasting)).isTrue();
            volumes.remove(RemoveRequest.of(List.of(lasting), "controller-1"));
        }
    }
}
