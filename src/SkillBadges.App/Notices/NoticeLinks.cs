using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Notices;

/// <summary>The pages on which somebody does what notices tell them of: those of a child for whoever is told of one. Addresses hold ids and no names.</summary>
internal sealed class NoticeLinks(IDocumentStore store)
{
    /// <returns>The page of each, in their order; null where there is none.</returns>
    public async Task<IReadOnlyList<string?>> OfAsync(PersonId reader, IReadOnlyCollection<Notice> notices, CancellationToken cancellationToken)
    {
        var pages = new List<string?>(notices.Count);
        foreach (var notice in notices)
        {
            pages.Add(await OfAsync(reader, notice.Kind, notice.About, cancellationToken));
        }

        return pages;
    }

    public async Task<string?> OfAsync(PersonId reader, NoticeKind kind, string about, CancellationToken cancellationToken)
    {
        if (kind is NoticeKind.RecordAsked or NoticeKind.PaperworkMissing)
        {
            return await OfOfficeAsync(kind, about, cancellationToken);
        }

        if (kind == NoticeKind.CreditDueSoon && await store.FindAsync(ClaimDocuments.Kind, about, cancellationToken) is { Document: var claim })
        {
            return claim.Learner == reader ? "/credit" : claim.MadeBy == reader ? $"/credit/{claim.Learner}" : $"/claims/{claim.Id}";
        }

        var learner = await LearnerAsync(kind, about, cancellationToken);
        return Of(kind, Uri.EscapeDataString(about), learner == reader ? null : learner);
    }

    /// <param name="kind">What it tells.</param>
    /// <param name="about">The id of what it is about.</param>
    /// <param name="other">The student, if it is somebody else than who reads it.</param>
    public static string? Of(NoticeKind kind, string about, PersonId? other) => (kind, other) switch
    {
        (NoticeKind.WorkTurnedIn, _) or (NoticeKind.DueSoon, not null) => $"/review/{about}",
        (NoticeKind.WorkApproved or NoticeKind.WorkReturned or NoticeKind.DecisionUndone or NoticeKind.RecordSent, { } child) => $"/record/{child}",
        (NoticeKind.ConsentAsked or NoticeKind.RightsChanged, { } child) => $"/consents/{child}",
        (NoticeKind.CreditAnswered or NoticeKind.CreditPosted or NoticeKind.CreditRanOut, { } child) => $"/credit/{child}",
        (NoticeKind.CreditClaimed or NoticeKind.CreditBadgeChanged, _) => $"/claims/{about}",
        (NoticeKind.WorkApproved or NoticeKind.BadgeTakenBack or NoticeKind.StackEarned, _) => "/my-badges",
        (NoticeKind.WorkReturned or NoticeKind.DecisionUndone or NoticeKind.DueSoon, _) => $"/work/{about}",
        (NoticeKind.MentorAnswered, _) => "/work",
        (NoticeKind.AssessmentAsked, _) => "/classes",
        (NoticeKind.SignOffAsked or NoticeKind.CoAuthorLeft, _) => $"/authoring/{about}",
        (NoticeKind.SignOffWithdrawn, _) => $"/badges/{about}",
        (NoticeKind.ConsentAsked or NoticeKind.RightsChanged, _) => "/consents",
        (NoticeKind.RecordSent or NoticeKind.RecognitionAnswered or NoticeKind.RecognitionFell, null) => "/record",
        (NoticeKind.ProfileProposed, _) => "/profile",
        (NoticeKind.CreditAnswered or NoticeKind.CreditPosted or NoticeKind.CreditRanOut, _) => "/credit",
        (NoticeKind.TalentContactAsked or NoticeKind.TalentContactAnswered, _) => "/talent",
        (NoticeKind.Invitation, _) => "/",
        _ => null,
    };

    private async Task<string?> OfOfficeAsync(NoticeKind kind, string about, CancellationToken cancellationToken) => kind == NoticeKind.RecordAsked
        ? await FindAsync(TransferDocuments.Kind, about, transfer => $"/office/{transfer.RecordKeeper}/requests/{transfer.Id}", cancellationToken)
        : await FindAsync(PlacementDocuments.Kind, about, placement => $"/office/{placement.School}/people/{placement.Learner}/internships", cancellationToken);

    private async Task<PersonId?> LearnerAsync(NoticeKind kind, string about, CancellationToken cancellationToken) => kind switch
    {
        NoticeKind.WorkApproved or NoticeKind.WorkReturned or NoticeKind.DecisionUndone or NoticeKind.DueSoon => await WhoAsync(SubmissionDocuments.Kind, about, work => work.Learner, cancellationToken),
        NoticeKind.ConsentAsked => await WhoAsync(ConsentDocuments.Kind, about, consent => consent.Learner, cancellationToken),
        NoticeKind.RightsChanged => PersonId.From(about),
        NoticeKind.RecordSent => await WhoAsync(TransferDocuments.Kind, about, transfer => transfer.Learner, cancellationToken),
        NoticeKind.CreditAnswered or NoticeKind.CreditPosted or NoticeKind.CreditRanOut => await WhoAsync(ClaimDocuments.Kind, about, claim => claim.Learner, cancellationToken),
        NoticeKind.RecognitionAnswered or NoticeKind.RecognitionFell => await WhoAsync(RecognitionDocuments.Kind, about, recognition => recognition.Learner, cancellationToken),
        _ => null,
    };

    private async Task<PersonId?> WhoAsync<T>(DocumentKind<T> kind, string id, Func<T, PersonId?> who, CancellationToken cancellationToken)
        where T : class => await store.FindAsync(kind, id, cancellationToken) is { } read ? who(read.Document) : null;

    private async Task<string?> FindAsync<T>(DocumentKind<T> kind, string id, Func<T, string> page, CancellationToken cancellationToken)
        where T : class => await store.FindAsync(kind, id, cancellationToken) is { } read ? page(read.Document) : null;
}
