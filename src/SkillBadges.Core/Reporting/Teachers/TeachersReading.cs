using SkillBadges.Core.Ledger;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Teachers;

/// <summary>Reads who is of record: what the roster says, and what the office corrected.</summary>
public sealed class TeachersReading(IDocumentStore store)
{
    public async Task<StandingTeachers> OfClassAsync(Read<ClassSection> section, CancellationToken cancellationToken)
    {
        var school = (await store.GetAsync(OrganizationDocuments.Kind, section.Document.Organization.Value, "organization", cancellationToken)).Document;
        var roster = await store.FirstAsync(RosterDocuments.Classes, RosterDocuments.ClassesBySection.Where(section.Id), cancellationToken);
        var adopted = roster is { Document.IsActive: true } ? RosterAdoption.Of(roster.Document, section.Document, school) : RosterAdoption.Of(section.Document, school);
        var stored = await store.FindAsync(TeachersOfRecordDocuments.Kind, section.Id, cancellationToken);
        return new(stored?.Document ?? new(section.Id, TeachingSubject.ClassSection, section.Document.Organization, DateTimeOffset.UnixEpoch), stored, adopted) { Section = section, Roster = roster };
    }

    /// <summary>The teachers of one entry, to be corrected and signed for it alone.</summary>
    public async Task<StandingTeachers> OfEntryAsync(MasteryEntry entry, CancellationToken cancellationToken)
    {
        var (basis, _) = await BasisAsync(entry, new Dictionary<ClassSectionId, StandingTeachers?>(), cancellationToken);
        var stored = await store.FindAsync(TeachersOfRecordDocuments.Kind, entry.Id, cancellationToken);
        return new(stored?.Document ?? new(entry.Id, TeachingSubject.Entry, entry.RecordKeeper, DateTimeOffset.UnixEpoch), stored, [basis.Line]);
    }

    /// <summary>Who answers for an entry, and whether each of them has signed that. Whoever alone judged has signed by the decision.</summary>
    /// <param name="entry">Of the ledger.</param>
    /// <param name="classes">Classes that were read before; those read now are added.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public async Task<(EntryTeachers Teachers, bool IsSigned)> ForAsync(MasteryEntry entry, IDictionary<ClassSectionId, StandingTeachers?> classes, CancellationToken cancellationToken)
    {
        var (basis, standing) = await BasisAsync(entry, classes, cancellationToken);
        if (await store.FindAsync(TeachersOfRecordDocuments.Kind, entry.Id, cancellationToken) is { } own)
        {
            var lines = own.Document.LinesOver([basis.Line]);
            return (new(own.Document.Corrected.IsEmpty ? basis.Basis : TeachersBasis.CorrectedEntry, lines[0]), own.Document.AwaitedOver(lines).Count == 0);
        }

        return (basis, standing is null ? basis.Line.Parts.Length == 1 : !basis.Line.Parts.Any(part => standing.Awaited.Contains(part.Teacher)));
    }

    private async Task<(EntryTeachers Teachers, StandingTeachers? Class)> BasisAsync(MasteryEntry entry, IDictionary<ClassSectionId, StandingTeachers?> classes, CancellationToken cancellationToken)
    {
        var school = (await store.GetAsync(OrganizationDocuments.Kind, entry.RecordKeeper.Value, "organization", cancellationToken)).Document;
        var day = school.DayOf(entry.Facts.DecidedAt);
        if (entry.Facts.Context?.Section is { } section)
        {
            if (!classes.TryGetValue(section, out var standing))
            {
                var found = await store.FindAsync(ClassSectionDocuments.Kind, section.Value, cancellationToken);
                classes[section] = standing = found is null ? null : await OfClassAsync(found, cancellationToken);
            }

            if (standing is not null && EntryTeachers.OfClass(entry, day, standing.Lines, standing.Record.Corrected.Any(line => line.Learner == entry.Learner)) is { } taught)
            {
                return (taught, standing);
            }
        }

        return (EntryTeachers.OfAssessors(entry, day), null);
    }
}
