using System.Collections.Immutable;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>One thing wrong with an authored file, precise enough to put the cursor on.</summary>
/// <param name="File">The path as it was handed in.</param>
/// <param name="Line">From 1; 0 where the fault is of the file as a whole.</param>
/// <param name="Column">From 1, in code points; 0 where the fault is of the file as a whole.</param>
/// <param name="Path">JSON path, such as <c>$.competencies[2].levels.advanced</c>.</param>
/// <param name="Code">Stable; has its section in docs/problems.md.</param>
/// <param name="Message">A plain sentence for the author.</param>
public sealed record FileFault(string File, int Line, int Column, string Path, string Code, string Message)
{
    /// <summary>In the form that editors and build logs make clickable.</summary>
    public override string ToString() => $"{File}({Line},{Column}): {Code}: {Message} [{Path}]";
}

/// <summary>What reading a file came to: the content when there is no fault, else every fault in the order of the file.</summary>
public sealed record FileReading<T>(T? Content, ImmutableArray<FileFault> Faults)
    where T : class
{
    /// <summary>What could be read, with placeholders for what could not, for those who are still writing; null where nothing could.</summary>
    public T? Draft { get; init; } = Content;
}
