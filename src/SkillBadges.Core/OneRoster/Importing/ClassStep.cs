using System.Collections.Immutable;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>Takes over a part of the classes, each with everybody in it.</summary>
internal sealed class ClassStep(ImportContext context)
{
    private const int Batch = 50;

    private sealed record ClassRow(RosterClass Record, bool IsGone);

    private sealed record EnrollmentRow(RosterEnrollment Record, bool IsGone, DateOnly? Modified);

    public async Task RunAsync(ImportStep step, CancellationToken cancellationToken)
    {
        await context.LoadAsync(cancellationToken);
        var classes = context.Rows(RosterFiles.Classes, step, "sourcedId", cancellationToken)
            .ToDictionary(row => row[0], row => new ClassRow(row.Class(context.Source, context.OrganizationOf(row["schoolSourcedId"])?.Id ?? default), row.IsTakenBack()), StringComparer.Ordinal);
        var enrollments = context.Rows(RosterFiles.Enrollments, step, "classSourcedId", cancellationToken)
            .Select(row => (Class: row["classSourcedId"], Enrollment: new EnrollmentRow(row.Enrollment(default), row.IsTakenBack(), DayOf(row["dateLastModified"])))).ToLookup(one => one.Class, one => one.Enrollment, StringComparer.Ordinal);
        foreach (var some in classes.Keys.Union(enrollments.Select(one => one.Key), StringComparer.Ordinal).Chunk(Batch))
        {
            var people = await context.PeopleAsync(some.SelectMany(id => enrollments[id]).Select(one => one.Record.User), cancellationToken);
            await context.CommitAsync(
                async (changes, attemptToken) =>
                {
                    var stored = await context.FindAsync(RosterDocuments.Classes, some.Select(context.IdOf), attemptToken);
                    var sections = await context.FindAsync(ClassSectionDocuments.Kind, stored.Values.Select(one => one.Document.Section.Value), attemptToken);
                    var writing = new SectionWriting(context, sections);
                    foreach (var id in some)
                    {
                        Take(changes, writing, stored.GetValueOrDefault(context.IdOf(id)), classes.GetValueOrDefault(id), [.. enrollments[id]], people);
                    }

                    await writing.TellAsync(changes, attemptToken);
                },
                cancellationToken);
        }
    }

    private static DateOnly? DayOf(string instant) => instant.Length >= 10 ? CellText.Date(instant[..10]) : null;

    private void Take(Changes changes, SectionWriting writing, Read<RosterClass>? stored, ClassRow? row, IReadOnlyList<EnrollmentRow> rows, IReadOnlyDictionary<UInt128, PersonId> people)
    {
        var old = stored?.Document;
        if ((row?.Record ?? old) is not { } said || (old is null && said.Organization.Value is null))
        {
            // A class at a school that is none of ours.
            return;
        }

        var next = row is null ? said : said with
        {
            Organization = said.Organization.Value is null ? old!.Organization : said.Organization,
            Section = old?.Section ?? ClassSectionId.New(context.Now),
            Enrollments = old?.Enrollments ?? [],
            EndedAt = row.IsGone ? old?.EndedAt ?? context.Now : null,
        };
        writing.Write(changes, stored, next with { Enrollments = EnrollmentsOf(next, rows, people) });
    }

    // What a file does not name any more, or takes back, ended on that day; it stays written.
    private ImmutableArray<RosterEnrollment> EnrollmentsOf(RosterClass section, IReadOnlyList<EnrollmentRow> rows, IReadOnlyDictionary<UInt128, PersonId> people)
    {
        var mode = context.ModeOf(RosterFiles.Enrollments);
        if (mode == PackMode.Absent)
        {
            return section.Enrollments;
        }

        var today = DateOnly.FromDateTime(context.BegunAt.UtcDateTime);
        var named = rows.ToDictionary(row => row.Record.SourcedId, StringComparer.Ordinal);
        var earlier = section.Enrollments.Select(one => named.TryGetValue(one.SourcedId, out var row) ? Said(row, one) : mode == PackMode.Bulk ? one with { EndedOn = one.EndedOn ?? today } : one);
        var known = section.Enrollments.Select(one => one.SourcedId).ToHashSet(StringComparer.Ordinal);
        return [.. earlier, .. rows.Where(row => !known.Contains(row.Record.SourcedId)).Select(row => Said(row, null))];

        RosterEnrollment Said(EnrollmentRow row, RosterEnrollment? earlier) => row.Record with
        {
            Person = people[context.KeyOf(row.Record.User).Value],
            EndedOn = row.IsGone ? earlier?.EndedOn ?? row.Modified ?? today : null,
        };
    }
}
