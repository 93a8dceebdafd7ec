package io.jenkins.plugins.containerbuild.engine.build.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Looks for a secret: as it is, as in an address, and in base64, whatever stands before or behind it there. */
final class LeakSearch {

    private final List<String> forms = new ArrayList<>();

    /** @param value of some length, so that nothing else looks like it */
    LeakSearch(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.add(value);
        forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // Without the signs that hold something of what stands around it as well.
            forms.add(encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 2));
        }
    }

    /** @throws AssertionError when a text holds it */
    void assertNotIn(String what, String text) {
        assertThat(text).as(what).doesNotContain(forms);
    }

    /**
     * Searches an archive and archives inside of it, compressed or not.
     *
     * @return the names of all that was seen, one a line
     */
    String assertNotInArchive(String what, InputStream archive) throws IOException {
        return assertNotInArchive(what, archive, "");
    }

    private String assertNotInArchive(String what, InputStream archive, String path) throws IOException {
        StringBuilder names = new StringBuilder();
        TarArchiveInputStream tar = new TarArchiveInputStream(archive);
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String name = path + "/" + entry.getName();
            names.append(name).append('\n');
            BufferedInputStream content = new BufferedInputStream(tar);
            content.mark(1024);
            byte[] head = content.readNBytes(512);
            content.reset();
            if (head.length > 262 && new String(head, 257, 5, StandardCharsets.US_ASCII).equals("ustar")) {
                names.append(assertNotInArchive(what, content, name));
            } else if (head.length > 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
                names.append(assertNotInArchive(what, new GZIPInputStream(content), name));
            } else {
                assertNotIn(what + name, new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return names.toString();
    }
}
