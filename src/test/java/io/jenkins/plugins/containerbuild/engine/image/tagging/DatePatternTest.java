package io.jenkins.plugins.containerbuild.engine.image.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Moment.js writes. */
class DatePatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            YYYYMMDD                      |            | 20200110
            YYYYMMDD-HHmmss               | Asia/Tokyo | 20200111-002550
            dddd, MMMM Do YYYY, h:mm:ss a |            | Friday, January 10th 2020, 3:25:50 pm
            YYYY-MM-DDTHH:mm:ss.SSS[Z]    |            | 2020-01-10T15:25:50.123Z
            YY Q Qo M Mo MMM              |            | 20 1 1st 1 1st Jan
            D DDD DDDo DDDD               |            | 10 10 10th 010
            d do dd ddd e E               |            | 5 5th Fr Fri 5 5
            w wo ww W Wo WW gggg gg GGGG  |            | 2 2nd 02 2 2nd 02 2020 20 2020
            H hh k kk A Hmm hmmss         |            | 15 03 15 15 PM 1525 32550
            S SS SSSSSS                   |            | 1 12 123000
            Z ZZ z                        |            | +00:00 +0000 UTC
            Z ZZ z                        | Asia/Tokyo | +09:00 +0900 JST
            X x                           |            | 1578669950 1578669950123
            [year] YYYY                   |            | year 2020
            Y\\YYYY                       |            | 2020YYYY
            """)
    void isWrittenAsAsked(String format, String zone, String expected) throws Exception {
        DatePattern pattern = DatePattern.parse("rule", "", format, zone);

        assertThat(pattern.write(Instant.parse("2020-01-10T15:25:50.123Z"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2020-01-01, 1st, 1",
        "2020-01-02, 2nd, 1",
        "2020-01-03, 3rd, 1",
        "2020-01-11, 11th, 2",
        "2020-01-12, 12th, 3",
        "2020-01-23, 23rd, 4"
    })
    void countsDaysAndAmericanWeeks(String day, String ordinal, String week) throws Exception {
        DatePattern pattern = DatePattern.parse("rule", "", "Do w", null);

        assertThat(pattern.write(Instant.parse(day + "T00:00:00Z"))).isEqualTo(ordinal + " " + week);
    }
}
