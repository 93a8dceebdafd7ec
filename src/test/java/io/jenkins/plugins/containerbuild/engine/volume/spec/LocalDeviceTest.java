package io.jenkins.plugins.containerbuild.engine.volume.spec;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalDeviceTest {

    private static final HostPathPolicy ALLOWED = new HostPathPolicy(false, List.of("/srv/cache"));

    private static void check(Map<String, String> options) throws InvalidRequestException {
        LocalDevice.check(options, ALLOWED, "data");
    }

    @Test
    void directoriesAndDisksOfTheHostAreForbidden() {
        for (Map<String, String> options : List.of(
                Map.of("type", "none", "o", "bind", "device", "/etc"),
                Map.of("o", "ro, rbind", "device", "etc"),
                Map.of("o", "bind", "device", "/srv/cache/../secrets"),
                Map.of("o", "bind", "device", "/srv/cache-of-others"),
                Map.of("o", "bind"),
                Map.of("type", "ext4", "device", "/dev/vda1"))) {
            assertThatThrownBy(() -> check(options))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the volume data")
                    .hasMessageContaining("ask an admin to allow the path");
        }
    }

    @Test
    void whatAnAdminHasAllowedAndWhatIsNotOnTheHostMayBeUsed() {
        for (Map<String, String> options : List.of(
                Map.<String, String>of(),
                Map.of("o", "bind", "device", "/srv/cache/m2"),
                Map.of("type", "tmpfs", "device", "tmpfs", "o", "size=1m"),
                Map.of("type", "nfs", "device", ":/exports/data", "o", "addr=files.example,rw"),
                Map.of("type", "cifs", "device", "//files.example/data"))) {
            assertThatCode(() -> check(options)).doesNotThrowAnyException();
        }
    }
}
