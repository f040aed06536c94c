namespace SkillBadges.Benchmarks.Fuzz;

/// <summary>A reader of strangers' bytes, and what to throw at it.</summary>
/// <param name="Seeds">Sound inputs that the mutations start from.</param>
/// <param name="Tokens">Words of the format, put in at random places.</param>
/// <param name="Hostile">Inputs made by hand to be slow or large.</param>
/// <param name="Read">Reads an input; true when it was accepted. A refusal by name is one of <paramref name="Refusals"/>, a wrong acceptance a <see cref="FalseAcceptException"/>.</param>
/// <param name="Repair">Makes an input that passes the outer checks, where there are some that would stop nearly everything at the door.</param>
internal sealed record FuzzTarget(
    string Name,
    IReadOnlyList<byte[]> Seeds,
    IReadOnlyList<string> Tokens,
    IReadOnlyList<(string What, Func<byte[]> Make)> Hostile,
    Func<byte[], bool> Read,
    Func<Exception, string?> Refusals,
    Func<Random, byte[], byte[]>? Repair = null);

/// <summary>Something was accepted that says what nobody signed or wrote.</summary>
internal sealed class FalseAcceptException(string message) : Exception(message);
