namespace SkillBadges.App.Jobs;

/// <summary>
/// Does the work of one topic. It is called at least once for each message, perhaps out of order, so it reads the
/// state again and does only what is still to do.
/// </summary>
internal interface IOutboxHandler
{
    string Topic { get; }

    Task HandleAsync(string subject, CancellationToken cancellationToken);
}
