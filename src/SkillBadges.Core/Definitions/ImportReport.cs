using System.Collections.Immutable;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Definitions.Lint;

namespace SkillBadges.Core.Definitions;

/// <summary>A file handed in: its path below the folder, with forward slashes, and its bytes. The path names; it is never opened.</summary>
public sealed record SourceFile(string Path, ReadOnlyMemory<byte> Bytes);

public enum ImportOutcome
{
    /// <summary>The content is the current version already.</summary>
    Unchanged,

    /// <summary>The content became a new version.</summary>
    Published,

    /// <summary>The file has faults; nothing of it was kept.</summary>
    Faulty,

    /// <summary>The file is none that an import reads.</summary>
    Ignored,
}

/// <summary>What became of one file.</summary>
/// <param name="VersionId">The version that holds the content, such as <c>smaw-fillet@2</c>; null where there is none.</param>
public sealed record ImportedFile(string Path, ImportOutcome Outcome, string? VersionId, ImmutableArray<FileFault> Faults)
{
    /// <summary>What the lint has to say of a badge that was taken.</summary>
    public ImmutableArray<LintFinding> Findings { get; init; } = [];
}

/// <summary>What became of each file, in the order of their paths.</summary>
public sealed record ImportReport(ImmutableArray<ImportedFile> Files)
{
    public bool IsSound => Count(ImportOutcome.Faulty) == 0;

    public int Count(ImportOutcome outcome) => Files.Count(file => file.Outcome == outcome);
}
