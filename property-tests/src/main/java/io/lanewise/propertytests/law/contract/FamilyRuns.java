package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.Backend;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.subject.FamilyCase;
import io.lanewise.propertytests.subject.FamilySubject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs of a family's operations on data that the case alone decides, for whoever compares them. */
public final class FamilyRuns {
  private final Family family;

  private FamilyRuns(Family family) {
    this.family = family;
  }

  /**
   * One run's results.
   *
   * @param run which of the operation's
   * @param outputs what it wrote; integers as floats
   */
  public record Result(String run, List<Tensor> outputs) {}

  /**
   * The family of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FamilyRuns of(String name) {
    return ContractLaws.FAMILIES.stream()
        .filter(f -> f.subject().name().equals(name))
        .findFirst()
        .map(FamilyRuns::new)
        .orElseThrow(() -> new IllegalArgumentException("no family is named '" + name + "'"));
  }

  /** Its operations. */
  public List<FamilySubject.Kind> kinds() {
    return family.kinds();
  }

  /**
   * Runs an operation, forward and backward.
   *
   * @throws UnsupportedOperationException if the backend does not offer it
   */
  public List<Result> run(FamilyCase c, Backend backend, Parallel par) {
    List<Result> results = new ArrayList<>();
    for (Call call : family.calls(backend, c, data(c))) {
      Workspace ws = call.newWorkspace(par.workers());
      Outcome outcome = call.outcome(call.copies(Float.NaN), ws, par);
      List<Tensor> outputs = new ArrayList<>(outcome.outputs());
      if (call.writesNumbers()) {
        outputs.add(floats(call.numbers()));
      }
      results.add(new Result(call.what(), outputs));
    }
    return results;
  }

  private static Calls.Data data(FamilyCase c) {
    SplittableRandom random = new SplittableRandom(c.toString().hashCode());
    return FamilyLaws.data(random);
  }

  private static Tensor floats(int[] numbers) {
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    return Tensor.of(Shape.of(values.length), values);
  }
}
