using System.Collections.Immutable;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Teachers;

/// <summary>The teachers of a class or an entry as they stand.</summary>
/// <param name="Stored">Null while nobody corrected or signed it.</param>
/// <param name="Adopted">What the roster says, or those who judged.</param>
public sealed record StandingTeachers(TeachersOfRecord Record, Read<TeachersOfRecord>? Stored, ImmutableArray<LearnerTeachers> Adopted)
{
    /// <summary>The class and what a roster says of it; null for an entry.</summary>
    public Read<ClassSection>? Section { get; init; }

    public Read<RosterClass>? Roster { get; init; }

    /// <summary>Those that hold.</summary>
    public ImmutableArray<LearnerTeachers> Lines { get; } = Record.LinesOver(Adopted);

    public Sha256Digest Digest => TeachersOfRecord.DigestOf(Lines);

    /// <summary>The teachers who have yet to sign.</summary>
    public IReadOnlyList<PersonId> Awaited { get; } = Record.AwaitedOver(Record.LinesOver(Adopted));

    public IReadOnlyList<ShareFault> Faults => [.. Lines.SelectMany(line => line.Faults())];

    /// <summary>The same after a change, with what it rests on as requirements of the commit.</summary>
    internal Outcome<StandingTeachers> Become(TeachersOfRecord changed, Changes changes)
    {
        changes = Stored is null ? changes.Add(TeachersOfRecordDocuments.Kind, changed) : changes.Replace(TeachersOfRecordDocuments.Kind, Stored, changed);
        if (Section is not null)
        {
            changes.Require(ClassSectionDocuments.Kind, Section);
        }

        if (Roster is not null)
        {
            changes.Require(RosterDocuments.Classes, Roster);
        }

        return new(changes, new(changed, Stored?.Became(changed) ?? new(changed, changed.Id, 1), Adopted) { Section = Section, Roster = Roster }, changed.Id);
    }
}
