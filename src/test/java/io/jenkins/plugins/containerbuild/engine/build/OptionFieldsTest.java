package io.jenkins.plugins.containerbuild.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.containerbuild.engine.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionFieldsTest {

    @Test
    void readsFieldsInTheirOrder() throws Exception {
        assertThat(OptionFields.parse("outputs", "type=local,dest=a b,empty=,x=1=2"))
                .containsExactly(entry("type", "local"), entry("dest", "a b"), entry("empty", ""), entry("x", "1=2"));
    }

    @Test
    void readsQuotedFields() throws Exception {
        assertThat(OptionFields.parse(
                        "outputs", "\"type=image\",\"name=a,b\",\"note=say \"\"hi\"\", then go\",z=\u00fc"))
                .containsExactly(
                        entry("type", "image"),
                        entry("name", "a,b"),
                        entry("note", "say \"hi\", then go"),
                        entry("z", "\u00fc"));
    }

    @Test
    void takesUpperAndLowerCaseOfANameForTheSame() throws Exception {
        assertThat(OptionFields.parse("outputs", "Type=OCI, Dest =A"))
                .containsExactly(entry("type", "OCI"), entry("dest", "A"));
        assertThatThrownBy(() -> OptionFields.parse("outputs", "type=oci,TYPE=tar"))
                .hasMessageContaining("the field 'type' stands twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "type=a,|a field is empty",
                ",type=a|a field is empty",
                "type|the field 'type' has no value",
                "=a|a field has no name",
                "\"type=a|a double quote is left open",
                "type=a,\"b=\"\"|a double quote is left open",
                "\"type=a\"b,c=d|something follows a closing double quote",
                "type=\"a,b\"|inside the field"
            })
    void saysWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> OptionFields.parse("outputs", text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("could not read the option outputs with '" + text + "'")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "a=1,b=2", "\"a=1,2\",b=", "\"a=\"\"\",c=d=e"})
    void readsWhatItWrites(String text) throws Exception {
        assertThat(OptionFields.write(OptionFields.parse("attests", text))).isEqualTo(text);
    }
}
