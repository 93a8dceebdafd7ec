package io.jenkins.plugins.containerbuild.operation;

import java.io.Serializable;
import java.util.Map;

/**
 * What users see of an operation's outcome: the value of a Pipeline step, the variables of a freestyle job. These classes
 * hold JDK types only, since a running Pipeline saves them and an update of the plugin has to read them again.
 */
public sealed interface OperationResult extends Serializable
        permits BuiltImage,
                TaggedImage,
                PushedImage,
                PulledImage,
                MergedImage,
                CopiedImage,
                InspectedImage,
                TagList,
                DeletedImage,
                ImageTags,
                SocketStatus,
                StartedContainer,
                StartedStack,
                CommandResult,
                ContainerLog,
                MadeNetwork,
                MadeVolume,
                RegistryLogins,
                VolumeList,
                RemovedVolumes,
                TransferredFiles {

    /** Whatever is told of an image begins so. */
    String IMAGE_PREFIX = "CONTAINER_IMAGE_";

    /** The image's id in the daemon: {@code sha256:} and 64 hex digits; missing when it is not there. */
    String ID = "CONTAINER_IMAGE_ID";

    /** The digest of the image's manifest in a registry; missing when nobody tells it. */
    String DIGEST = "CONTAINER_IMAGE_DIGEST";

    /** The image's names, separated by spaces. */
    String TAGS = "CONTAINER_IMAGE_TAGS";

    /** The files and directories that a build wrote, one a line; missing when it wrote none. */
    String OUTPUTS = "CONTAINER_IMAGE_OUTPUTS";

    /** The names that an image should have by tag rules, separated by spaces. */
    String RULED_TAGS = "CONTAINER_TAGS";

    /** The first of their tags; missing when the rules make none. */
    String RULED_VERSION = "CONTAINER_VERSION";

    /** What a look at the Docker socket ended in. */
    String SOCKET_VERDICT = "CONTAINER_SOCKET_VERDICT";

    /** Why it ended so. */
    String SOCKET_WHY = "CONTAINER_SOCKET_WHY";

    /** The id of a container that was started. */
    String CONTAINER = "CONTAINER_ID";

    /** Where its published ports are reached. */
    String CONTAINER_HOST = "CONTAINER_HOST";

    /** The name of a network that was made. */
    String NETWORK = "CONTAINER_NETWORK";

    /** The name of a volume. */
    String VOLUME = "CONTAINER_VOLUME";

    /** The name of a project of Docker Compose. */
    String COMPOSE_PROJECT = "CONTAINER_COMPOSE_PROJECT";

    /** The docker command's own variable for the folder of its settings and logins. */
    String DOCKER_CONFIG = "DOCKER_CONFIG";

    /** The same for podman, buildah and skopeo: the file. */
    String AUTH_FILE = "REGISTRY_AUTH_FILE";

    /** How a command ended. */
    String EXIT_CODE = "CONTAINER_EXIT_CODE";

    /** The variables for later build steps, by the names above. */
    Map<String, String> variables();

    /** What a Pipeline's step returns. */
    default Object value() {
        return this;
    }
}
