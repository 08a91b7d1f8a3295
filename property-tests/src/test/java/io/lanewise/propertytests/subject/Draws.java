package io.lanewise.propertytests.subject;

import io.lanewise.propertytests.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/** Shapes as the law-book draws them. */
final class Draws {
  private static final int GENERATOR_SIZE = 1000;

  private Draws() {}

  static <S> List<S> of(Subject<S> subject, int count) {
    List<S> shapes = new ArrayList<>();
    JqwikSession.run(
        () -> {
          RandomGenerator<S> generator = subject.shapes().generator(GENERATOR_SIZE, true);
          Random random = new Random(5);
          for (int i = 0; i < count; i++) {
            shapes.add(generator.next(random).value());
          }
        });
    return shapes;
  }
}
