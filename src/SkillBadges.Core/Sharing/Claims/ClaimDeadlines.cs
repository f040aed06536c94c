using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>Tells those who have to act that a deadline comes near, and closes claims whose deadline has passed.</summary>
public sealed class ClaimDeadlines(Commits commits, ClaimApplicants applicants)
{
    private const int MostTold = 5;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>Handles <see cref="ClaimDocuments.Topic"/>. Does what is due on this day and was not done; again is harmless.</summary>
    public Task LookAsync(CreditClaimId id, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (changes, now) = (new Changes(), applicants.Now);
            if (await store.FindAsync(ClaimDocuments.Kind, id.Value, token) is { Document: { IsOpen: true } claim } read)
            {
                var today = await applicants.TodayAsync(claim, token);
                if (claim.StateOn(today) == ClaimState.Expired)
                {
                    changes.Replace(ClaimDocuments.Kind, read, claim.RunOut(today, now)).NotifyStudent(claim, NoticeKind.CreditRanOut, now);
                    await applicants.EraseAsync(id, changes, token);
                }
                else if (claim.IsReminderDue(today))
                {
                    changes.Replace(ClaimDocuments.Kind, read, claim with { RemindedOn = today });
                    await RemindAsync(claim, now, changes, token);
                }
            }

            return new Outcome<bool>(changes, true, id.Value);
        },
        cancellationToken);

    // Whoever has to act: the student where something is asked for, else the college.
    private async Task RemindAsync(CreditClaim claim, DateTimeOffset now, Changes changes, CancellationToken cancellationToken)
    {
        if (claim.State == ClaimState.Waiting)
        {
            changes.NotifyStudent(claim, NoticeKind.CreditDueSoon, now);
        }
        else
        {
            await changes.NotifyRolesAsync(store, claim.College, Offices.Registry, MostTold, NoticeKind.CreditDueSoon, claim.Id.Value, now, cancellationToken);
        }
    }
}

internal static class ClaimMessages
{
    // A day begins everywhere within twelve hours of its beginning in Greenwich; looking late is harmless, since each look counts by the college's day.
    private static readonly TimeSpan everywhere = TimeSpan.FromHours(12);

    /// <summary>Looks at the claim on each day of a reminder and on the day after its deadline.</summary>
    public static Changes SendDeadlines(this Changes changes, CreditClaim claim, DateTimeOffset now)
    {
        foreach (var day in claim.ReminderDays.Append(claim.Deadline.AddDays(1)))
        {
            var at = new DateTimeOffset(day.ToDateTime(default), TimeSpan.Zero) + everywhere;
            if (at > now)
            {
                changes.Send(new(NewId.Ordered(now), ClaimDocuments.Topic, claim.Id.Value, at));
            }
        }

        return changes;
    }

    /// <summary>Tells the student, and a guardian who made the claim.</summary>
    public static Changes NotifyStudent(this Changes changes, CreditClaim claim, NoticeKind kind, DateTimeOffset now)
    {
        changes.Notify(claim.Learner, kind, claim.Id.Value, now);
        return claim.MadeBy == claim.Learner ? changes : changes.Notify(claim.MadeBy, kind, claim.Id.Value, now);
    }
}
