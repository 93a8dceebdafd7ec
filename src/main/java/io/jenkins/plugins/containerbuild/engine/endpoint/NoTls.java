package io.jenkins.plugins.containerbuild.engine.endpoint;

import com.github.dockerjava.transport.SSLConfig;
import java.io.Serial;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * For a daemon's socket on this machine, with which nobody speaks TLS. Given nothing, docker-java's transport would read
 * all the authorities that the JVM trusts before it connects, most of half a second in a JVM that has just started.
 */
final class NoTls implements SSLConfig {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public SSLContext getSSLContext() {
        return new Context();
    }

    private static final class Context extends SSLContext {
        Context() {
            super(new Spi(), null, "none");
        }
    }

    private static final class Spi extends SSLContextSpi {

        private static UnsupportedOperationException none() {
            return new UnsupportedOperationException("no TLS with a socket of this machine");
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {
            throw none();
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw none();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw none();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            throw none();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            throw none();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            throw none();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            throw none();
        }
    }
}
