using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Notices;

/// <summary>A person's own notices, and which letters they want besides.</summary>
public sealed class NoticeWorkflow(Commits commits, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>The actor's notices, the latest first.</summary>
    public Task<Page<Notice>> ListAsync(Actor actor, bool unreadOnly, Func<DocumentQuery<Notice>, DocumentQuery<Notice>> page, CancellationToken cancellationToken) =>
        store.QueryAsync(NoticeDocuments.Kind, page((unreadOnly ? NoticeDocuments.Unread : NoticeDocuments.ByPerson).Where(actor.Person.Value).Descending()), cancellationToken);

    /// <summary>The actor has read a notice; again changes nothing.</summary>
    /// <exception cref="RefusedException"><c>notice.not-found</c>.</exception>
    public Task<Read<Notice>> ReadAsync(Actor actor, NoticeId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(NoticeDocuments.Kind, id.Value, "notice", attemptToken);
            if (read.Document.Person != actor.Person)
            {
                throw Refused.NotFound("notice");
            }

            var seen = read.Document.Seen(clock.Now());
            return new Changes().Replacing(NoticeDocuments.Kind, read, seen);
        },
        cancellationToken);

    public async Task<NoticePreferences> PreferencesAsync(Actor actor, CancellationToken cancellationToken) =>
        (await store.FindAsync(NoticePreferencesDocuments.Kind, actor.Person.Value, cancellationToken))?.Document ?? NoticePreferences.None(actor.Person);

    /// <summary>What the actor wants besides notices of one kind.</summary>
    /// <exception cref="RefusedException"><c>notice.not-optional</c>.</exception>
    public Task<NoticePreferences> ChooseAsync(Actor actor, NoticeKind kind, Delivery delivery, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.FindAsync(NoticePreferencesDocuments.Kind, actor.Person.Value, attemptToken);
            var chosen = (read?.Document ?? NoticePreferences.None(actor.Person)).Choose(kind, delivery);
            var changes = read is null ? new Changes().Add(NoticePreferencesDocuments.Kind, chosen) : new Changes().Replace(NoticePreferencesDocuments.Kind, read, chosen);
            return new Outcome<NoticePreferences>(changes, chosen, actor.Person.Value);
        },
        cancellationToken);
}
