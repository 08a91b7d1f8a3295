package io.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.CpuBackend;
import io.lanewise.propertytests.BackendName;
import io.lanewise.propertytests.Law;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {
  private static final String WRONG = WrongBackend.class.getName();

  @TempDir private Path folder;

  @Test
  void aBackendThatKeepsTheLaws() {
    String text =
        CommandRun.of("verify", "--law", "conv.adjoint,conv.exact-forward", "--cases=3")
            .succeeded()
            .out();
    assertTrue(text.contains("backend  " + CpuBackend.best().describe()), text);
    assertTrue(text.contains(Runtime.version().toString()), text);
    assertTrue(text.matches("(?s).*\nconv\\.adjoint +[3-9] +exact  holds\n.*"), text);
    assertTrue(
        text.matches("(?s).*\n2 laws hold; \\d+ cases, \\d+ distinct shapes, \\d+ s\n"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"best", "scalar", "reference"})
  void backendsByName(String name) {
    CommandRun.of("verify", "--backend", name, "--law=conv.adjoint", "--cases=2").succeeded();
  }

  @Test
  void aFailingCaseComesWithTheCommandThatRepeatsIt() {
    String[] all = {"verify", "--backend", WRONG, "--law", "conv.adjoint", "--cases", "5"};
    CommandRun run = CommandRun.of((Object[]) all);
    assertEquals(1, run.code(), run::toString);
    assertEquals("", run.err());
    assertTrue(run.out().contains("\n1 fails; "), run.out());
    Matcher again =
        Pattern.compile(
                "\nconv.adjoint fails for \"(.+)\" with seed (-?\\d+): wrong .*\n"
                    + "  ./lanewise verify --backend "
                    + Pattern.quote(WRONG)
                    + " --law conv.adjoint --case \"(.+)\" --seed (-?\\d+)\n")
            .matcher(run.out());
    assertTrue(again.find(), run.out());
    assertEquals(again.group(1), again.group(3));
    CommandRun repeated =
        CommandRun.of(
            "verify",
            "--backend",
            WRONG,
            "--law",
            "conv.adjoint",
            "--case",
            again.group(3),
            "--seed",
            again.group(4));
    assertEquals(1, repeated.code(), repeated::toString);
    String sentence =
        run.out().lines().filter(l -> l.startsWith("conv.adjoint fails")).findFirst().get();
    assertEquals(sentence, repeated.out().strip());
    CommandRun right =
        CommandRun.of(
            "verify", "--law=conv.adjoint", "--case", again.group(3), "--seed", again.group(4));
    assertTrue(right.succeeded().out().startsWith("conv.adjoint holds for "), right.out());
  }

  @Test
  void listShowsFormulasAndSources() {
    List<Law<?>> all = LawChoice.all(BackendName.of("best"));
    String text = CommandRun.of("verify", "--list").succeeded().out();
    for (Law<?> law : all) {
      assertTrue(
          text.contains(
              law.name() + "\n    " + law.formula() + "\n    source: " + law.source() + "\n"),
          law::name);
    }
    String conv = CommandRun.of("verify", "--list", "--op", "conv").succeeded().out();
    assertTrue(conv.contains("conv.adjoint\n"), conv);
    assertFalse(conv.contains("bits.plain"), conv);
  }

  @Test
  void jsonHoldsWhatTheTableShows() throws Exception {
    Path file = folder.resolve("laws.json");
    CommandRun run =
        CommandRun.of(
            "verify", "--backend", WRONG, "--law=conv.adjoint", "--cases=2", "--json", file);
    assertEquals(1, run.code(), run::toString);
    String text = Files.readString(file, StandardCharsets.UTF_8);
    for (String part :
        List.of(
            "\"holds\" : false",
            "\"casesEach\" : 2",
            "\"name\" : \"conv.adjoint\"",
            "\"verdict\" : \"fails\"",
            "\"failure\" : {",
            "\"detail\" : \"wrong ")) {
      assertTrue(text.contains(part), () -> part + " in " + text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--law conv.adjiont | no law is named 'conv.adjiont'; did you mean 'conv.adjoint'?",
        "--law nonsense | no law is named 'nonsense' (verify --list shows all",
        "--op cnov | 'cnov' is none of conv, ; did you mean 'conv'?",
        "--op bits --law conv.adjoint | no law of bits is named conv.adjoint",
        "--backend sclar | class sclar is not there; expected best, simd, scalar, reference or a"
            + " class; did you mean 'scalar'?",
        "--backend java.lang.String | class java.lang.String does not implement",
        "--backend io.lanewise.cli.VerifyCommandTest$Shy | must be public with a public constructor",
        "--backend io.lanewise.cli.VerifyCommandTest$Ill | failed: java.util.NoSuchElementException",
        "--backend x.Y --classpath no/such.jar | no/such.jar does not exist",
        "--cases 0 | --cases must be at least 1, got 0",
        "--cases many | expected a whole number",
        "--case n1 | give one --law",
        "--case n1 --law conv.adjoint | 'ic' is missing",
        "--case n1 --law conv.adjoint --json x | no --json",
      })
  void mistakes(String options, String words) {
    CommandRun run = CommandRun.of((Object[]) ("verify " + options).split(" ", -1));
    run.refusedWith(words.split(" ; "));
  }

  /** Cannot be made, being abstract. */
  public abstract static class Shy implements Backend {}

  /** Cannot be made. */
  public static final class Ill {
    private Ill() {}

    /** Throws. */
    public static Backend backend() {
      return Optional.<Backend>empty().orElseThrow();
    }
  }

  @Test
  void aJsonFileWithoutAPlaceIsRefusedBeforeAnyWork() {
    CommandRun.of("verify", "--json", folder).failedWith("is a folder");
    CommandRun.of("verify", "--json", folder.resolve("no/x.json")).failedWith("does not exist");
  }

  /** A class that only {@code --classpath} knows, in this JVM and in others. */
  @Test
  @Tag("slow")
  void aBackendFromElsewhere() throws Exception {
    Path source = folder.resolve("Elsewhere.java");
    Files.writeString(
        source,
        """
        package elsewhere;
        public class Elsewhere {
          public static io.lanewise.kernels.Backend backend() {
            return io.lanewise.kernels.CpuBackend.scalar();
          }
        }
        """);
    int made =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertEquals(0, made);
    String[] missing = {"verify", "--backend", "elsewhere.Elsewhere", "--law", "bits.c1"};
    CommandRun.of((Object[]) missing).refusedWith("elsewhere.Elsewhere is not there");
    CommandRun run =
        CommandRun.of(
            "verify",
            "--backend=elsewhere.Elsewhere",
            "--classpath=" + folder,
            "--law",
            "bits.c1",
            "conv.adjoint",
            "--cases=2");
    assertTrue(run.succeeded().out().contains("2 laws hold"), run.out());
  }
}
