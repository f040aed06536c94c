using SkillBadges.Core.Evidence;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>Writes classes of ours as their roster has them today, and tells of the waiting work that comes to others by it.</summary>
internal sealed class SectionWriting(ImportContext context, IReadOnlyDictionary<string, Read<ClassSection>> sections)
{
    private readonly HashSet<PersonId> moved = [];

    public void Write(Changes changes, Read<RosterClass>? stored, RosterClass said)
    {
        var organization = context.OrganizationOf(said.School);
        var today = organization?.DayOf(context.Now) ?? DateOnly.FromDateTime(context.Now.UtcDateTime);
        var next = said with { NextChange = said.IsActive ? said.ChangeAfter(today) : null };
        if (!context.Write(changes, RosterDocuments.Classes, stored, next))
        {
            return;
        }

        var read = sections.GetValueOrDefault(next.Section.Value);
        var before = read?.Document;
        var after = SectionOf(next, organization, before, today);
        if (read is null)
        {
            changes.Add(ClassSectionDocuments.Kind, after);
        }
        else if (!ClassSectionDocuments.Kind.Write(after).AsSpan().SequenceEqual(ClassSectionDocuments.Kind.Write(read.Document)))
        {
            changes.Replace(ClassSectionDocuments.Kind, read, after);
        }

        moved.UnionWith(before is null || before.To != after.To || !before.Teachers.SequenceEqual(after.Teachers)
            ? [.. before?.Students ?? [], .. after.Students]
            : before.Students.Except(after.Students).Union(after.Students.Except(before.Students)));
    }

    /// <summary>Sends a message for each student whose class changed and whose work waits for somebody.</summary>
    public async Task TellAsync(Changes changes, CancellationToken cancellationToken)
    {
        foreach (var some in moved.Select(person => person.Value).Chunk(DocumentQuery<ReviewTask>.MaxFirstValues))
        {
            var told = new HashSet<PersonId>();
            await foreach (var task in context.Store.AllAsync(ReviewTaskDocuments.Kind, ReviewTaskDocuments.ByLearner.WhereAny(some), cancellationToken))
            {
                if (told.Add(task.Document.Learner))
                {
                    changes.Send(OrganizationTopics.AssignmentsOf(task.Document.Learner, context.Now));
                }
            }
        }
    }

    private ClassSection SectionOf(RosterClass next, Organization? organization, ClassSection? before, DateOnly today)
    {
        var terms = context.SessionsOf(next.Terms).ToArray();
        var from = terms.Length > 0 && organization is not null ? organization.StartOf(terms.Min(term => term.Start)) : before?.From ?? context.BegunAt;
        var to = next.EndedAt ?? (terms.Length > 0 && organization is not null ? organization.StartOf(terms.Max(term => term.End)) : null);
        return new(next.Section, next.Organization, next.Title, from)
        {
            To = to,
            Teachers = [.. next.Holding("teacher", today).Take(ClassSection.MaxTeachers)],
            Students = [.. next.Holding("student", today).Take(ClassSection.MaxStudents)],
        };
    }
}
