package io.lanewise.propertytests.bits;

import io.lanewise.propertytests.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Operations, by name: each stands for all of its cases. */
final class BitsSubject implements Subject<String> {
  static final BitsSubject INSTANCE = new BitsSubject();

  private BitsSubject() {}

  @Override
  public String name() {
    return "bits";
  }

  @Override
  public Arbitrary<String> shapes() {
    return Arbitraries.of(BitCases.OPS);
  }

  @Override
  public Optional<List<String>> all() {
    return Optional.of(BitCases.OPS);
  }

  @Override
  public String parse(String text) {
    if (!BitCases.OPS.contains(text) && !text.equals(BitCases.LONG_OP)) {
      throw new IllegalArgumentException(
          "'" + text + "' is none of " + BitCases.OPS + " and " + BitCases.LONG_OP);
    }
    return text;
  }

  @Override
  public Stream<String> simpler(String op) {
    return Stream.empty();
  }
}
