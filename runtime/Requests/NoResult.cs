namespace Bitrix24;

/// <summary>The answer of a method that answers nothing when it succeeds. Its typed method returns a <see cref="Task"/> without a value.</summary>
public readonly struct NoResult;
