package io.jenkins.plugins.containerbuild.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** The engines and registries that the tests of one JVM share, each started when first asked for, ended by JUnit. */
final class SharedServices implements AutoCloseable {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedServices.class);

    private final ConcurrentHashMap<Enum<?>, Started> services = new ConcurrentHashMap<>();

    /** A service, or the reason why this machine cannot have it: asked for once, not once a test. */
    private record Started(AutoCloseable service, TestAbortedException unavailable) {
        void close() throws Exception {
            if (service != null) {
                service.close();
            }
        }
    }

    static SharedServices of(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(SharedServices.class, key -> new SharedServices(), SharedServices.class);
    }

    TestEngine engine(EngineKind kind) {
        return (TestEngine) service(kind, () -> TestEngine.startShared(kind));
    }

    TestRegistry registry(RegistryKind kind) {
        return (TestRegistry) service(kind, () -> TestRegistry.start(kind));
    }

    private AutoCloseable service(Enum<?> kind, Supplier<AutoCloseable> start) {
        Started started = services.computeIfAbsent(kind, key -> attempt(start));
        if (started.unavailable() != null) {
            throw started.unavailable();
        }
        return started.service();
    }

    private static Started attempt(Supplier<AutoCloseable> start) {
        try {
            return new Started(start.get(), null);
        } catch (TestAbortedException e) {
            return new Started(null, e);
        }
    }

    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        for (Started started : services.values()) {
            try {
                started.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            IllegalStateException failure = new IllegalStateException("could not end all that the tests shared");
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
