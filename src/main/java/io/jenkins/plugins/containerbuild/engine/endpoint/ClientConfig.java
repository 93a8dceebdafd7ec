package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;

/**
 * What docker-java's client has to know. Only the version counts: address, TLS and everything else belong to the transport
 * already. Unlike docker-java's own configuration it looks into no file, variable or property, and all connections share
 * what Jackson has learnt of the answers' classes, which takes longer than the answers.
 *
 * @param getDockerHost where the daemon is
 * @param version of the API, as "1.41"
 */
record ClientConfig(URI getDockerHost, String version) implements DockerClientConfig {

    private static final ObjectMapper JSON = DockerClientConfig.getDefaultObjectMapper();

    @Override
    public RemoteApiVersion getApiVersion() {
        return RemoteApiVersion.parseConfig(version);
    }

    @Override
    public ObjectMapper getObjectMapper() {
        return JSON;
    }

    @Override
    public String getRegistryUsername() {
        return null;
    }

    @Override
    public String getRegistryPassword() {
        return null;
    }

    @Override
    public String getRegistryEmail() {
        return null;
    }

    @Override
    public String getRegistryUrl() {
        return null;
    }

    @Override
    public AuthConfig effectiveAuthConfig(String imageName) {
        return null;
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return new AuthConfigurations();
    }

    @Override
    public SSLConfig getSSLConfig() {
        return null;
    }
}
