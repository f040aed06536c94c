using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>Brings classes of rosters to who is in them today, when somebody's part began or ended since they were written.</summary>
public sealed class RosterDayTurn(Commits commits, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>How many classes changed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var changed = 0;
        var tomorrow = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber + 1L;
        await foreach (var due in store.AllAsync(RosterDocuments.Classes, RosterDocuments.ClassesByNextChange.Where().To(tomorrow), cancellationToken))
        {
            changed += await TurnAsync(due.Id, cancellationToken) ? 1 : 0;
        }

        return changed;
    }

    private Task<bool> TurnAsync(string id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var now = clock.Now();
            var roster = await store.FindAsync(RosterDocuments.Classes, id, attemptToken);
            var organization = roster is null ? null : await store.FindAsync(OrganizationDocuments.Kind, roster.Document.Organization.Value, attemptToken);
            var section = roster is null ? null : await store.FindAsync(ClassSectionDocuments.Kind, roster.Document.Section.Value, attemptToken);

            // The day begins at another hour elsewhere.
            if (organization?.Document.DayOf(now) is not { } today || section is null || roster!.Document.NextChange is not { } change || today < change)
            {
                return new Outcome<bool>(new(), false, id);
            }

            var next = section.Document with
            {
                Teachers = [.. roster.Document.Holding("teacher", today).Take(ClassSection.MaxTeachers)],
                Students = [.. roster.Document.Holding("student", today).Take(ClassSection.MaxStudents)],
            };
            var changes = new Changes()
                .Replace(RosterDocuments.Classes, roster, roster.Document with { NextChange = roster.Document.ChangeAfter(today) })
                .Replace(ClassSectionDocuments.Kind, section, next);
            var before = section.Document;
            var moved = before.Teachers.SequenceEqual(next.Teachers) ? before.Students.Except(next.Students).Union(next.Students.Except(before.Students)) : before.Students.Union(next.Students);
            foreach (var person in moved)
            {
                changes.Send(OrganizationTopics.AssignmentsOf(person, now));
            }

            return new Outcome<bool>(changes, true, id);
        },
        cancellationToken);
}
