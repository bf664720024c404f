package dev.grandstand.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FormTest {

    private static final long SEED = 7;
    private static final String LETTERS = "abzAZ09_-.: \n\u0000\u007f\u00e9\u0430\ud83d\ude00";

    @Test
    void anIdHasOneToSoManyCharactersOfItsSet() {
        agrees(Form.of("[A-Za-z0-9._:-]", 4), Pattern.compile("[A-Za-z0-9._:-]{1,4}"));
    }

    @Test
    void theFirstMayHaveASetOfItsOwn() {
        agrees(Form.of("[a-z0-9]", "[a-z0-9-]", 4), Pattern.compile("[a-z0-9][a-z0-9-]{0,3}"));
    }

    @Test
    void whatIsRefusedIsToldTheForm() {
        assertThatThrownBy(() -> Form.of("[a-z]", "[a-z-]", 64).require("-", "a room id"))
                .isInstanceOf(BadValue.class)
                .hasMessage("a room id has the form [a-z][a-z-]{0,63}");
    }

    private static void agrees(Form form, Pattern pattern) {
        var random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            var value = random.ints(random.nextInt(6), 0, LETTERS.length())
                    .mapToObj(at -> String.valueOf(LETTERS.charAt(at)))
                    .collect(Collectors.joining());
            assertThat(fits(form, value))
                    .as("%s, seed %d", value, SEED)
                    .isEqualTo(pattern.matcher(value).matches());
        }
    }

    private static boolean fits(Form form, String value) {
        try {
            form.require(value, "it");
            return true;
        } catch (BadValue e) {
            return false;
        }
    }
}
