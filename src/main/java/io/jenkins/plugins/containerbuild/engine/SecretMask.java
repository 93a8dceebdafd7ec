package io.jenkins.plugins.containerbuild.engine;

import io.jenkins.plugins.containerbuild.engine.endpoint.TlsMaterial;
import io.jenkins.plugins.containerbuild.engine.event.EngineListener;
import io.jenkins.plugins.containerbuild.engine.registry.CredentialsSource;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryCredentials;
import io.jenkins.plugins.containerbuild.engine.registry.RegistryEntry;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Hides the secrets that were handed out while an engine was open, wherever they turn up in a text and in every form that
 * {@link SecretForms} knows. A secret has to be added before anybody can echo it. For use by several threads.
 */
public final class SecretMask {

    private static final String HIDDEN = "****";
    private static final int LONGEST_CHAIN = 20;

    /** Longest first, so that a secret inside another one does not leave the rest of it readable. */
    private final ConcurrentSkipListSet<String> forms = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** From now on hides this login. */
    public void add(RegistryCredentials login) {
        String secret = login.secret().reveal();
        add(secret.getBytes(StandardCharsets.UTF_8));
        if (!secret.isBlank()) {
            // Whole, since the rule for what is inside of base64 leaves an end of a few characters.
            byte[] basic = (login.username() + ':' + secret).getBytes(StandardCharsets.UTF_8);
            SecretForms.base64(basic).forEach(forms::add);
        }
    }

    /** From now on hides this secret. */
    public void add(SecretBytes secret) {
        byte[] value = secret.reveal();
        add(value);
        Arrays.fill(value, (byte) 0);
    }

    /** From now on hides this secret. */
    public void add(Secret secret) {
        add(secret.reveal().getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte[] secret) {
        SecretForms.of(secret).forEach(forms::add);
    }

    /** The same source, with its logins hidden from the moment on when it gives them. */
    CredentialsSource noting(CredentialsSource source) {
        return new CredentialsSource() {

            @Override
            public Optional<RegistryCredentials> credentialsFor(RegistryEntry entry) throws EngineException {
                Optional<RegistryCredentials> login = source.credentialsFor(entry);
                login.ifPresent(SecretMask.this::add);
                return login;
            }

            @Override
            public Optional<TlsMaterial> clientCertificateFor(RegistryEntry entry) throws EngineException {
                Optional<TlsMaterial> certificate = source.clientCertificateFor(entry);
                certificate.map(TlsMaterial::clientKey).ifPresent(SecretMask.this::add);
                return certificate;
            }

            @Override
            public Optional<RegistryCredentials> proxyCredentialsFor(RegistryEntry entry) throws EngineException {
                Optional<RegistryCredentials> login = source.proxyCredentialsFor(entry);
                login.ifPresent(SecretMask.this::add);
                return login;
            }
        };
    }

    /** The same listener, for whom secrets are hidden. */
    EngineListener hidingFrom(EngineListener listener) {
        return event -> listener.on(hideIn(event));
    }

    /** Does the work, with secrets hidden in what it returns or throws. */
    <R> R hiding(Work<R> work) throws EngineException, InterruptedException {
        try {
            return hideIn(work.run());
        } catch (EngineException e) {
            throw hideIn(e);
        }
    }

    /**
     * What an engine does for its caller.
     *
     * @param <R> what comes out
     */
    interface Work<R> {

        R run() throws EngineException, InterruptedException;
    }

    /** The text with every secret replaced; null for null. */
    public String hide(String text) {
        if (text == null) {
            return null;
        }
        String result = text;
        for (String form : forms) {
            result = result.replace(form, HIDDEN);
        }
        return result;
    }

    /**
     * The same with every secret replaced in every text that it holds. Going by a record's components means that no event
     * that comes to be later can be forgotten here.
     *
     * @param value a text, a record, or a list or map of them; anything else is returned as it is
     */
    @SuppressWarnings("unchecked")
    public <T> T hideIn(T value) {
        return forms.isEmpty() ? value : (T) hidden(value);
    }

    private Object hidden(Object value) {
        if (value instanceof String text) {
            return hide(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::hidden).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(key, hidden(entry)));
            return copy;
        }
        return value instanceof Record record ? hiddenRecord(record) : value;
    }

    private Record hiddenRecord(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        try {
            Object[] before = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                components[i].getAccessor().setAccessible(true);
                before[i] = components[i].getAccessor().invoke(record);
            }
            Object[] after = Stream.of(before).map(this::hidden).toArray();
            if (Arrays.equals(before, after)) {
                return record;
            }
            Class<?>[] types =
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<? extends Record> constructor = record.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(after);
        } catch (InvocationTargetException e) {
            // It checks what it holds, as a digest does, and that had a secret's letters by chance.
            return record;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record that cannot be made again: " + record.getClass(), e);
        }
    }

    /**
     * The same failure with every secret replaced in its texts. A cause whose texts hold a secret is left out.
     *
     * @return the exception itself where there is nothing to hide
     */
    EngineException hideIn(EngineException failure) {
        EngineException hidden = failure.withTexts(this::hide, causeIsClean(failure) ? failure.getCause() : null);
        return hidden.getMessage().equals(failure.getMessage()) && hidden.getCause() == failure.getCause()
                ? failure
                : hidden;
    }

    private boolean causeIsClean(EngineException failure) {
        return Stream.iterate(failure.getCause(), Objects::nonNull, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .allMatch(cause -> cause.toString().equals(hide(cause.toString())));
    }

    /** Forgets all secrets; nothing is hidden any more. */
    void clear() {
        forms.clear();
    }
}
