using System.Collections.Immutable;
using SkillBadges.Core.OneRoster.Files;

namespace SkillBadges.Core.OneRoster.Importing;

public enum ImportPhase
{
    Orgs,
    Sessions,
    Courses,
    Users,
    Agents,
    Classes,
    UsersGone,
    ClassesGone,
}

/// <summary>One step of applying a pack; of users and classes each step takes the records whose key leaves <paramref name="Part"/> when divided by <paramref name="Parts"/>, so that memory stays level.</summary>
public sealed record ImportStep(ImportPhase Phase, int Part = 0, int Parts = 1)
{
    public bool Takes(RosterKey key) => (int)(key.Value % (uint)Parts) == Part;
}

public static class ImportSteps
{
    /// <summary>Rows of roles or enrollments that are held at once.</summary>
    private const int RowsAtOnce = 200_000;

    public static ImmutableArray<ImportStep> Of(RosterImport import) =>
    [
        new(ImportPhase.Orgs), new(ImportPhase.Sessions), new(ImportPhase.Courses),
        .. Parts(ImportPhase.Users, 3 * Math.Max(import.RowsOf(RosterFiles.Users), import.RowsOf(RosterFiles.Roles))),
        new(ImportPhase.Agents),
        .. Parts(ImportPhase.Classes, Math.Max(import.RowsOf(RosterFiles.Classes), import.RowsOf(RosterFiles.Enrollments))),
        new(ImportPhase.UsersGone), new(ImportPhase.ClassesGone),
    ];

    private static IEnumerable<ImportStep> Parts(ImportPhase phase, long rows)
    {
        var parts = (int)(rows / RowsAtOnce) + 1;
        return Enumerable.Range(0, parts).Select(part => new ImportStep(phase, part, parts));
    }
}
