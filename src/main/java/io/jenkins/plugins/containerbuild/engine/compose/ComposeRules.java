package io.jenkins.plugins.containerbuild.engine.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import io.jenkins.plugins.containerbuild.engine.container.ContainerRights;
import io.jenkins.plugins.containerbuild.engine.container.HostPaths;
import io.jenkins.plugins.containerbuild.engine.image.Printable;
import io.jenkins.plugins.containerbuild.engine.volume.VolumeRequest;
import io.jenkins.plugins.containerbuild.engine.volume.spec.LocalDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a project may ask of the daemon's host: the same as a container of {@code withContainer}. Host paths are in the
 * workspace or allowed, and rights that make a service root on the host are asked for by the caller, not only by a file.
 * Host paths are replaced by those that were checked, as the daemon's host sees them.
 */
final class ComposeRules {

    private static final List<String> NAMESPACES = List.of("pid", "ipc", "uts", "cgroup", "userns_mode");
    private static final List<String> LISTS_OF_RIGHTS = List.of("cap_add", "devices", "device_cgroup_rules");
    private static final List<String> HOOKS = List.of("post_start", "pre_stop");
    private static final List<String> SOCKETS = List.of("/var/run/docker.sock", "/run/docker.sock");

    private final ComposeFiles files;
    private final ContainerRights rights;
    private final HostPaths hostPaths;

    ComposeRules(ComposeFiles files, ContainerRights rights, HostPaths hostPaths) {
        this.files = files;
        this.rights = rights;
        this.hostPaths = hostPaths;
    }

    /**
     * Applies them.
     *
     * @throws InvalidRequestException for the first service, volume or secret that asks for too much
     */
    void apply(ComposeDocument document) throws InvalidRequestException {
        for (Map.Entry<String, ObjectNode> service : document.services().entrySet()) {
            checkRights(service.getKey(), service.getValue());
            for (JsonNode volume : service.getValue().path("volumes")) {
                if (volume instanceof ObjectNode mount
                        && mount.path("type").asText().equals("bind")) {
                    bind(service.getKey(), mount);
                }
            }
            if (service.getValue().get("build") instanceof ObjectNode build) {
                checkBuild(service.getKey(), build);
            }
        }
        for (Map.Entry<String, ObjectNode> volume : document.objects("volumes").entrySet()) {
            checkVolume(volume.getKey(), volume.getValue());
        }
        for (String section : List.of("secrets", "configs")) {
            for (Map.Entry<String, ObjectNode> entry : document.objects(section).entrySet()) {
                file(section.substring(0, section.length() - 1), entry.getKey(), entry.getValue());
            }
        }
    }

    private void checkRights(String name, ObjectNode service) throws InvalidRequestException {
        if (!rights.privileged()) {
            refuse(name, "privileged", service.path("privileged").asBoolean());
            for (String namespace : NAMESPACES) {
                String whose = service.path(namespace).asText();
                refuse(name, namespace + ": " + whose, whose.equals("host") || isForeign(whose));
            }
            for (JsonNode container : service.path("volumes_from")) {
                refuse(name, "volumes_from " + container.asText(), isForeign(container.asText()));
            }
            for (String list : LISTS_OF_RIGHTS) {
                refuse(name, list, !service.path(list).isEmpty());
            }
            for (JsonNode option : service.path("security_opt")) {
                refuse(
                        name,
                        "security_opt: " + option.asText(),
                        !option.asText().startsWith("no-new-privileges"));
            }
            for (String hook : HOOKS) {
                for (JsonNode command : service.path(hook)) {
                    refuse(
                            name,
                            hook + " with privileged",
                            command.path("privileged").asBoolean());
                }
            }
        }
        if (service.path("use_api_socket").asBoolean() && !rights.dockerSocket()) {
            throw tooMuch(name, "use_api_socket", "dockerSocket");
        }
    }

    /** A container that is none of the project's may have been given more of the host, which could be had through it. */
    private static boolean isForeign(String whose) {
        return whose.startsWith("container:");
    }

    private static void refuse(String service, String asked, boolean present) throws InvalidRequestException {
        if (present) {
            throw tooMuch(service, asked, "privileged");
        }
    }

    private static InvalidRequestException tooMuch(String service, String asked, String option) {
        return new InvalidRequestException(
                "could not start the service " + service,
                "it asks for " + Printable.shortened(asked) + ", which can make it root on the daemon's host",
                "Take that out of the Compose file, or allow it with the option " + option);
    }

    private void bind(String service, ObjectNode mount) throws InvalidRequestException {
        String source = mount.path("source").asText();
        if (SOCKETS.contains(source)) {
            if (!rights.dockerSocket()) {
                throw tooMuch(service, "the socket " + source, "dockerSocket");
            }
            return;
        }
        String what = "could not start the service " + service + ", which mounts " + Printable.shortened(source)
                + " at " + mount.path("target").asText();
        Path real = allow(source, what);
        if (!Files.exists(real)) {
            if (!mount.path("bind").path("create_host_path").asBoolean(false)) {
                throw new InvalidRequestException(what, "there is no " + real, "Create it first, or check the path");
            }
            try {
                // By the agent: the daemon would make it root's.
                Files.createDirectories(real);
            } catch (IOException e) {
                throw new InvalidRequestException(
                        what, real + " could not be created: " + e.getMessage(), "Create it first", e);
            }
        }
        mount.put("source", translated(what, real));
    }

    private void checkBuild(String service, ObjectNode build) throws InvalidRequestException {
        if (!rights.privileged()) {
            refuse(service, "build with privileged", build.path("privileged").asBoolean());
            for (JsonNode entitlement : build.path("entitlements")) {
                refuse(
                        service,
                        "build with " + entitlement.asText(),
                        entitlement.asText().contains("insecure"));
            }
        }
        String context = build.path("context").asText();
        if (context.startsWith("/")) {
            allow(context, "could not build the service " + service + " out of " + Printable.shortened(context));
        }
        for (JsonNode more : build.path("additional_contexts")) {
            if (more.asText().startsWith("/")) {
                allow(
                        more.asText(),
                        "could not build the service " + service + " with the context "
                                + Printable.shortened(more.asText()));
            }
        }
    }

    /** The driver local mounts whatever it is told to, also a directory of the host. */
    private void checkVolume(String name, ObjectNode volume) throws InvalidRequestException {
        String driver = volume.path("driver").asText(VolumeRequest.LOCAL);
        if (driver.isEmpty() || driver.equals(VolumeRequest.LOCAL)) {
            Map<String, String> options = new HashMap<>();
            volume.path("driver_opts")
                    .fields()
                    .forEachRemaining(option ->
                            options.put(option.getKey(), option.getValue().asText()));
            LocalDevice.check(options, files.policy(), name);
        }
    }

    /** Compose mounts the file itself. */
    private void file(String noun, String name, ObjectNode entry) throws InvalidRequestException {
        if (!entry.hasNonNull("file")) {
            return;
        }
        String what = "could not use the " + noun + " " + name + " of the Compose file";
        Path real = allow(entry.get("file").asText(), what);
        if (!Files.exists(real)) {
            throw new InvalidRequestException(what, "there is no " + real, "Create it first, or check the path");
        }
        entry.put("file", translated(what, real));
    }

    private Path allow(String path, String what) throws InvalidRequestException {
        return files.policy().allow(Path.of(files.workspace()), path, what);
    }

    /** A dollar sign would begin a variable. */
    private String translated(String what, Path real) throws InvalidRequestException {
        return hostPaths.translate(what, real).replace("$", "$$");
    }
}
