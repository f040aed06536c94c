namespace SkillBadges.Core.Storage;

/// <summary>
/// Asks about many things by several readers at once: reading a document is mostly the processor's work, and a class of 200 is over a thousand of them. Each
/// part sees the store as it is when that part is read, as it would one after the other.
/// </summary>
public static class SeveralReaders
{
    /// <summary>Fewer than these are read sooner than they are handed out.</summary>
    private const int Fewest = 50;

    /// <summary>So that one who looks at a class does not keep everybody else from a large machine.</summary>
    private static readonly int most = Math.Min(Environment.ProcessorCount, 4);

    /// <param name="asked">About these.</param>
    /// <param name="largest">The most of them that one question may name.</param>
    /// <param name="read">Answers about some of them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The answers, in the order of what was asked.</returns>
    public static async Task<IReadOnlyList<TAnswer>> ReadAsync<TAsked, TAnswer>(
        IReadOnlyList<TAsked> asked, int largest, Func<TAsked[], CancellationToken, Task<TAnswer>> read, CancellationToken cancellationToken)
    {
        var parts = asked.Chunk(Math.Clamp((asked.Count + most - 1) / most, Math.Min(Fewest, largest), largest)).ToArray();
        var answers = new TAnswer[parts.Length];
        if (parts.Length < 2)
        {
            for (var part = 0; part < parts.Length; part++)
            {
                answers[part] = await read(parts[part], cancellationToken);
            }

            return answers;
        }

        await Parallel.ForAsync(
            0,
            parts.Length,
            new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = cancellationToken },
            async (part, token) => answers[part] = await read(parts[part], token));
        return answers;
    }
}
