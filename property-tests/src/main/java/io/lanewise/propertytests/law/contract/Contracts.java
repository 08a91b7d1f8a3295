package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.propertytests.Trial;
import io.lanewise.propertytests.law.contract.Call.Argument;
import io.lanewise.propertytests.law.contract.Call.Pair;
import io.lanewise.propertytests.law.contract.Call.Role;
import java.util.Arrays;

/** The promises about memory and threads, each for any operation's run. */
final class Contracts {
  private static final float OTHER = 1e30f;
  private static final Parallel ONE = Parallel.SEQUENTIAL;

  private Contracts() {}

  static void window(Call call, Trial trial) {
    Outcome want = call.plain();
    Tensor[] copies = call.copies(Float.NaN);
    GuardedTensor[] guarded = new GuardedTensor[copies.length];
    for (int i = 0; i < copies.length; i++) {
      boolean output = call.arguments().get(i).isOutput();
      guarded[i] = output ? GuardedTensor.written(copies[i]) : GuardedTensor.read(copies[i]);
      copies[i] = guarded[i].tensor();
    }
    Outcome got = call.outcome(copies, call.newWorkspace(1), ONE);
    for (int i = 0; i < copies.length; i++) {
      if (call.arguments().get(i).isOutput()) {
        guarded[i].requireIntact(trial, call.what() + " " + call.arguments().get(i).name());
      }
    }
    Outcome.requireSame(trial, "at an offset", want, got);
  }

  static void inputs(Call call, Trial trial) {
    Tensor[] copies = call.copies(Float.NaN);
    GuardedTensor[] guarded = new GuardedTensor[copies.length];
    for (int i = 0; i < copies.length; i++) {
      guarded[i] = GuardedTensor.read(copies[i]);
      copies[i] = guarded[i].tensor();
    }
    int[] numbers = call.numbers().clone();
    boolean written = call.writesNumbers();
    call.bind(copies).run(call.newWorkspace(1), ONE);
    for (int i = 0; i < copies.length; i++) {
      if (!call.arguments().get(i).isOutput()) {
        guarded[i].requireUnchanged(trial, call.what() + " " + call.arguments().get(i).name());
      }
    }
    trial.require(
        written || Arrays.equals(numbers, call.numbers()),
        () -> call.what() + ": the labels or indices that it reads were overwritten");
  }

  /** What is written must not depend on what was there; what is added to must keep it. */
  static void everything(Call call, Trial trial) {
    Outcome want = call.plain();
    Outcome got = call.outcome(call.copies(OTHER), call.newWorkspace(1), ONE, 12_345);
    Outcome.requireSame(trial, "over other values", want, got);
    if (call.isRounded()) {
      return;
    }
    Tensor[] copies = call.copies(Float.NaN);
    for (int i = 0; i < copies.length; i++) {
      if (call.arguments().get(i).role() == Role.ADDED) {
        copies[i].fill(0f);
      }
    }
    call.bind(copies).run(call.newWorkspace(1), ONE);
    int output = 0;
    for (int i = 0; i < copies.length; i++) {
      Argument a = call.arguments().get(i);
      if (a.role() == Role.ADDED) {
        trial.equal(
            call.what() + " " + a.name() + " added to",
            sum(a.value(), copies[i]),
            want.outputs().get(output));
      }
      output += a.isOutput() ? 1 : 0;
    }
  }

  private static Tensor sum(Tensor a, Tensor b) {
    Tensor sum = a.copy();
    for (int i = 0; i < sum.size(); i++) {
      sum.array()[i] += b.array()[b.offset() + i];
    }
    return sum;
  }

  static void overlaps(Call call, Trial trial) {
    Outcome want = call.plain();
    for (Pair pair : call.apart()) {
      Tensor in = call.arguments().get(pair.second()).value();
      if (in.size() > 0 && call.arguments().get(pair.first()).value().size() > 0) {
        refusedAt(call, trial, pair, 0);
        refusedAt(call, trial, pair, in.size() - 1);
      }
      neighbours(call, trial, pair, want);
    }
    for (Pair pair : call.same()) {
      Argument first = call.arguments().get(pair.first());
      if (first.isOutput() && first.value().size() > 1) {
        refusedAt(call, trial, pair, 1);
      }
      neighbours(call, trial, pair, want);
    }
  }

  private static void refusedAt(Call call, Trial trial, Pair pair, int distance) {
    Tensor[] copies = inOneArray(call, pair, distance);
    trial.refused(
        "%s with %s %d elements behind the start of %s"
            .formatted(
                call.what(),
                call.arguments().get(pair.first()).name(),
                distance,
                call.arguments().get(pair.second()).name()),
        () -> call.bind(copies).run(call.newWorkspace(1), ONE));
  }

  /** What starts where the other ends shares nothing with it. */
  private static void neighbours(Call call, Trial trial, Pair pair, Outcome want) {
    Argument second = call.arguments().get(pair.second());
    Tensor[] copies = inOneArray(call, pair, second.value().size());
    Outcome got = call.outcome(copies, call.newWorkspace(1), ONE);
    String first = call.arguments().get(pair.first()).name();
    Outcome.requireSame(trial, "with " + first + " right behind " + second.name(), want, got);
  }

  /** Copies; the pair's first argument starts so many elements behind the start of its second. */
  private static Tensor[] inOneArray(Call call, Pair pair, int distance) {
    Tensor[] copies = call.copies(Float.NaN);
    Tensor first = copies[pair.first()];
    Tensor second = copies[pair.second()];
    float[] array = new float[distance + second.size() + first.size()];
    copies[pair.second()] = Tensor.wrap(second.shape(), second.layout(), array, 0).copyFrom(second);
    copies[pair.first()] = Tensor.wrap(first.shape(), first.layout(), array, distance);
    if (distance >= second.size()) {
      copies[pair.first()].copyFrom(first);
    }
    return copies;
  }

  static void inPlace(Call call, Trial trial) {
    for (Pair pair : call.same()) {
      Tensor[] apart = call.copies(Float.NaN);
      apart[pair.first()] = apart[pair.second()].copy();
      Tensor[] together = call.copies(Float.NaN);
      together[pair.first()] = together[pair.second()];
      Outcome want = call.outcome(apart, call.newWorkspace(1), ONE);
      Outcome got = call.outcome(together, call.newWorkspace(1), ONE);
      String other = call.arguments().get(pair.second()).name();
      Outcome.requireSame(trial, "in the place of " + other, want, got);
    }
  }

  static void shapes(Call call, Trial trial) {
    for (int i = 0; i < call.arguments().size(); i++) {
      Argument a = call.arguments().get(i);
      for (var wrong : WrongShapes.of(a.value().shape())) {
        Tensor[] copies = call.copies(0f);
        copies[i] = Tensor.zeros(wrong);
        trial.refused(
            call.what() + " with " + a.name() + " of shape " + wrong,
            () -> call.bind(copies).run(call.newWorkspace(1), ONE));
      }
    }
  }

  static void workspace(Call call, Trial trial) {
    WorkspaceSpec spec = call.workspace();
    if (spec.sharedFloats() > 0) {
      tooSmall(call, trial, plus(spec, -1, 0, 0));
    }
    if (spec.widenedFloats() > 0) {
      tooSmall(call, trial, plus(spec, 0, 0, -1));
    }
    if (spec.floatsPerWorker() > 0) {
      tooSmall(call, trial, plus(spec, 0, -1, 0));
      trial.refused(
          call.what() + " on a team with a workspace for one",
          () -> call.bind(call.copies(0f)).run(call.newWorkspace(1), trial.team()));
    }
    WorkspaceSpec more = plus(spec, 99, 33, 5);
    Outcome got = call.outcome(call.copies(Float.NaN), Workspace.allocate(more, 7), ONE);
    Outcome.requireSame(trial, "in a larger workspace", call.plain(), got);
  }

  private static WorkspaceSpec plus(WorkspaceSpec spec, int shared, int worker, int widened) {
    return new WorkspaceSpec(
        spec.sharedFloats() + shared,
        spec.floatsPerWorker() + worker,
        spec.widenedFloats() + widened);
  }

  private static void tooSmall(Call call, Trial trial, WorkspaceSpec spec) {
    Workspace small = Workspace.allocate(spec, 1);
    trial.refused(
        call.what() + " with a workspace of " + spec,
        () -> call.bind(call.copies(0f)).run(small, ONE));
  }

  /** Filled with NaN, then as an earlier run leaves it; more than is asked for, never nothing. */
  static void dirt(Call call, Trial trial) {
    Outcome want = call.plain();
    WorkspaceSpec spec = call.workspace();
    Workspace ws = Workspace.allocate(plus(spec, 1, 1, 1), 1);
    Arrays.fill(ws.array(), Float.NaN);
    Arrays.fill(ws.widened("nobody's").data(), Float.NaN);
    for (String when : new String[] {"in a workspace of NaN", "in a used workspace"}) {
      Outcome.requireSame(trial, when, want, call.outcome(call.copies(Float.NaN), ws, ONE));
    }
  }

  static void threads(Call call, Trial trial) {
    Outcome want = call.plain();
    Parallel team = trial.team();
    Workspace ws = call.newWorkspace(team.workers());
    Arrays.fill(ws.array(), Float.NaN);
    for (int run = 0; run < 2; run++) {
      String when = "on " + team.workers() + " threads";
      Outcome.requireSame(trial, when, want, call.outcome(call.copies(Float.NaN), ws, team));
    }
  }

  /** Once it is compiled: until then, a vector is an object. */
  static void allocation(Call call, Trial trial) {
    Workspace ws = call.newWorkspace(1);
    Call.Run bound = call.bind(call.copies(0f));
    Allocation allocation = new Allocation();
    trial.eventually(
        () -> allocation.isNone(() -> bound.run(ws, ONE)),
        () ->
            "%s: expected 0 bytes allocated in a run, got %d"
                .formatted(call.what(), allocation.bytesPerRun()));
  }
}
