package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.ArithmeticKernels;
import io.lanewise.kernels.micro.BinaryCurve;
import io.lanewise.kernels.micro.Fold;
import io.lanewise.kernels.micro.UnaryCurve;

/** One element after the other. Written by tools/kernel-templates/write_arithmetic.py. */
final class ScalarArithmetic implements ArithmeticKernels {
  private final ScalarWaves waves;
  private final ScalarPowers powers;
  private final ScalarErrorFunctions errorFunctions;
  private final ScalarExponentials exponentials;
  private final ScalarLogarithms logarithms;
  private final ScalarFolds folds;

  ScalarArithmetic(boolean fma) {
    ScalarMath math = new ScalarMath(fma);
    this.waves = new ScalarWaves(math);
    this.powers = new ScalarPowers(math);
    this.errorFunctions = new ScalarErrorFunctions(math);
    this.exponentials = new ScalarExponentials(math);
    this.logarithms = new ScalarLogarithms(math);
    this.folds = new ScalarFolds(math);
  }

  @Override
  public void unary(
      UnaryCurve f, float p, float q, float[] src, int srcOff, float[] dst, int dstOff, int n) {
    switch (f) {
      case ABS_VALUE -> ScalarFunctions.absValue(src, srcOff, dst, dstOff, n);
      case NEG -> ScalarFunctions.neg(src, srcOff, dst, dstOff, n);
      case SIGN -> ScalarFunctions.sign(src, srcOff, dst, dstOff, n);
      case SQUARE -> ScalarFunctions.square(src, srcOff, dst, dstOff, n);
      case SQUARE_ROOT -> ScalarFunctions.squareRoot(src, srcOff, dst, dstOff, n);
      case RECIPROCAL -> ScalarFunctions.reciprocal(src, srcOff, dst, dstOff, n);
      case RECIPROCAL_ROOT -> ScalarFunctions.reciprocalRoot(src, srcOff, dst, dstOff, n);
      case ROUND -> ScalarFunctions.round(src, srcOff, dst, dstOff, n);
      case FLOOR -> ScalarFunctions.floor(src, srcOff, dst, dstOff, n);
      case CEIL -> ScalarFunctions.ceil(src, srcOff, dst, dstOff, n);
      case CLIP -> ScalarFunctions.clip(src, srcOff, dst, dstOff, n, p, q);
      case LOGICAL_NOT -> ScalarFunctions.logicalNot(src, srcOff, dst, dstOff, n);
      case EXP -> exponentials.exp(src, srcOff, dst, dstOff, n);
      case LOG -> logarithms.log(src, srcOff, dst, dstOff, n);
      case ERF -> errorFunctions.erf(src, srcOff, dst, dstOff, n);
      case SIN -> waves.sin(src, srcOff, dst, dstOff, n);
      case COS -> waves.cos(src, srcOff, dst, dstOff, n);
    }
  }

  @Override
  public void unarySlope(
      UnaryCurve f,
      float p,
      float q,
      float[] src,
      int srcOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    switch (f) {
      case ABS_VALUE -> ScalarFunctions.absValueSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case NEG -> ScalarFunctions.negSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case SIGN -> ScalarFunctions.signSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case SQUARE -> ScalarFunctions.squareSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case SQUARE_ROOT -> ScalarFunctions.squareRootSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case RECIPROCAL -> ScalarFunctions.reciprocalSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case RECIPROCAL_ROOT ->
          ScalarFunctions.reciprocalRootSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case ROUND -> ScalarFunctions.roundSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case FLOOR -> ScalarFunctions.floorSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case CEIL -> ScalarFunctions.ceilSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case CLIP -> ScalarFunctions.clipSlope(src, srcOff, dy, dyOff, dx, dxOff, n, p, q);
      case EXP -> waves.expSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case LOG -> waves.logSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case ERF -> waves.erfSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case SIN -> waves.sinSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case COS -> waves.cosSlope(src, srcOff, dy, dyOff, dx, dxOff, n);
      case LOGICAL_NOT ->
          throw new UnsupportedOperationException(f + " has no kernel for this slope");
    }
  }

  @Override
  public void binary(
      BinaryCurve f,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n) {
    switch (f) {
      case ADD -> ScalarSums.add(left, leftOff, right, rightOff, dst, dstOff, n);
      case ADD_RELU -> ScalarSums.addRelu(left, leftOff, right, rightOff, dst, dstOff, n);
      case SUB -> ScalarSums.sub(left, leftOff, right, rightOff, dst, dstOff, n);
      case MUL -> ScalarSums.mul(left, leftOff, right, rightOff, dst, dstOff, n);
      case DIV -> ScalarSums.div(left, leftOff, right, rightOff, dst, dstOff, n);
      case MIN -> ScalarSums.min(left, leftOff, right, rightOff, dst, dstOff, n);
      case MAX -> ScalarSums.max(left, leftOff, right, rightOff, dst, dstOff, n);
      case EQUAL -> ScalarComparisons.equal(left, leftOff, right, rightOff, dst, dstOff, n);
      case NOT_EQUAL -> ScalarComparisons.notEqual(left, leftOff, right, rightOff, dst, dstOff, n);
      case LESS -> ScalarComparisons.less(left, leftOff, right, rightOff, dst, dstOff, n);
      case LESS_OR_EQUAL ->
          ScalarComparisons.lessOrEqual(left, leftOff, right, rightOff, dst, dstOff, n);
      case GREATER -> ScalarComparisons.greater(left, leftOff, right, rightOff, dst, dstOff, n);
      case GREATER_OR_EQUAL ->
          ScalarComparisons.greaterOrEqual(left, leftOff, right, rightOff, dst, dstOff, n);
      case LOGICAL_AND ->
          ScalarComparisons.logicalAnd(left, leftOff, right, rightOff, dst, dstOff, n);
      case LOGICAL_OR ->
          ScalarComparisons.logicalOr(left, leftOff, right, rightOff, dst, dstOff, n);
      case LOGICAL_XOR ->
          ScalarComparisons.logicalXor(left, leftOff, right, rightOff, dst, dstOff, n);
      case FMOD -> powers.fmod(left, leftOff, right, rightOff, dst, dstOff, n);
      case MOD -> powers.mod(left, leftOff, right, rightOff, dst, dstOff, n);
      case POW -> powers.pow(left, leftOff, right, rightOff, dst, dstOff, n);
    }
  }

  @Override
  public void binaryA(
      BinaryCurve f, float left, float[] right, int rightOff, float[] dst, int dstOff, int n) {
    switch (f) {
      case ADD -> ScalarSums.addA(left, right, rightOff, dst, dstOff, n);
      case ADD_RELU -> ScalarSums.addReluA(left, right, rightOff, dst, dstOff, n);
      case SUB -> ScalarSums.subA(left, right, rightOff, dst, dstOff, n);
      case MUL -> ScalarSums.mulA(left, right, rightOff, dst, dstOff, n);
      case DIV -> ScalarSums.divA(left, right, rightOff, dst, dstOff, n);
      case MIN -> ScalarSums.minA(left, right, rightOff, dst, dstOff, n);
      case MAX -> ScalarSums.maxA(left, right, rightOff, dst, dstOff, n);
      case EQUAL -> ScalarComparisons.equalA(left, right, rightOff, dst, dstOff, n);
      case NOT_EQUAL -> ScalarComparisons.notEqualA(left, right, rightOff, dst, dstOff, n);
      case LESS -> ScalarComparisons.lessA(left, right, rightOff, dst, dstOff, n);
      case LESS_OR_EQUAL -> ScalarComparisons.lessOrEqualA(left, right, rightOff, dst, dstOff, n);
      case GREATER -> ScalarComparisons.greaterA(left, right, rightOff, dst, dstOff, n);
      case GREATER_OR_EQUAL ->
          ScalarComparisons.greaterOrEqualA(left, right, rightOff, dst, dstOff, n);
      case LOGICAL_AND -> ScalarComparisons.logicalAndA(left, right, rightOff, dst, dstOff, n);
      case LOGICAL_OR -> ScalarComparisons.logicalOrA(left, right, rightOff, dst, dstOff, n);
      case LOGICAL_XOR -> ScalarComparisons.logicalXorA(left, right, rightOff, dst, dstOff, n);
      case FMOD -> powers.fmodA(left, right, rightOff, dst, dstOff, n);
      case MOD -> powers.modA(left, right, rightOff, dst, dstOff, n);
      case POW -> powers.powA(left, right, rightOff, dst, dstOff, n);
    }
  }

  @Override
  public void binaryB(
      BinaryCurve f, float[] left, int leftOff, float right, float[] dst, int dstOff, int n) {
    switch (f) {
      case ADD -> ScalarSums.addB(left, leftOff, right, dst, dstOff, n);
      case ADD_RELU -> ScalarSums.addReluB(left, leftOff, right, dst, dstOff, n);
      case SUB -> ScalarSums.subB(left, leftOff, right, dst, dstOff, n);
      case MUL -> ScalarSums.mulB(left, leftOff, right, dst, dstOff, n);
      case DIV -> ScalarSums.divB(left, leftOff, right, dst, dstOff, n);
      case MIN -> ScalarSums.minB(left, leftOff, right, dst, dstOff, n);
      case MAX -> ScalarSums.maxB(left, leftOff, right, dst, dstOff, n);
      case EQUAL -> ScalarComparisons.equalB(left, leftOff, right, dst, dstOff, n);
      case NOT_EQUAL -> ScalarComparisons.notEqualB(left, leftOff, right, dst, dstOff, n);
      case LESS -> ScalarComparisons.lessB(left, leftOff, right, dst, dstOff, n);
      case LESS_OR_EQUAL -> ScalarComparisons.lessOrEqualB(left, leftOff, right, dst, dstOff, n);
      case GREATER -> ScalarComparisons.greaterB(left, leftOff, right, dst, dstOff, n);
      case GREATER_OR_EQUAL ->
          ScalarComparisons.greaterOrEqualB(left, leftOff, right, dst, dstOff, n);
      case LOGICAL_AND -> ScalarComparisons.logicalAndB(left, leftOff, right, dst, dstOff, n);
      case LOGICAL_OR -> ScalarComparisons.logicalOrB(left, leftOff, right, dst, dstOff, n);
      case LOGICAL_XOR -> ScalarComparisons.logicalXorB(left, leftOff, right, dst, dstOff, n);
      case FMOD -> powers.fmodB(left, leftOff, right, dst, dstOff, n);
      case MOD -> powers.modB(left, leftOff, right, dst, dstOff, n);
      case POW -> powers.powB(left, leftOff, right, dst, dstOff, n);
    }
  }

  @Override
  public void slopeA(
      BinaryCurve f,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    switch (f) {
      case MUL -> ScalarSums.mulSlopeA(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case DIV -> ScalarSums.divSlopeA(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case MIN -> ScalarSums.minSlopeA(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case MAX -> ScalarSums.maxSlopeA(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case POW -> powers.powSlopeA(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case ADD,
          ADD_RELU,
          SUB,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          LOGICAL_AND,
          LOGICAL_OR,
          LOGICAL_XOR,
          FMOD,
          MOD ->
          throw new UnsupportedOperationException(f + " has no kernel for this slope");
    }
  }

  @Override
  public void slopeB(
      BinaryCurve f,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dy,
      int dyOff,
      float[] dx,
      int dxOff,
      int n) {
    switch (f) {
      case MUL -> ScalarSums.mulSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case DIV -> ScalarSums.divSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case MIN -> ScalarSums.minSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case MAX -> ScalarSums.maxSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case FMOD -> powers.fmodSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case MOD -> powers.modSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case POW -> powers.powSlopeB(left, leftOff, right, rightOff, dy, dyOff, dx, dxOff, n);
      case ADD,
          ADD_RELU,
          SUB,
          EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          LOGICAL_AND,
          LOGICAL_OR,
          LOGICAL_XOR ->
          throw new UnsupportedOperationException(f + " has no kernel for this slope");
    }
  }

  @Override
  public void select(
      float[] mask,
      int maskOff,
      float[] left,
      int leftOff,
      float[] right,
      int rightOff,
      float[] dst,
      int dstOff,
      int n) {
    ScalarFolds.select(mask, maskOff, left, leftOff, right, rightOff, dst, dstOff, n);
  }

  @Override
  public void foldRows(
      Fold f, float[] src, int srcOff, int rows, int ld, float[] dst, int dstOff, int n) {
    folds.foldRows(f, src, srcOff, rows, ld, dst, dstOff, n);
  }
}
