using SkillBadges.App.Jobs;
using SkillBadges.Core.Notices;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Notices;

/// <summary>The carriers that the settings give: at most one for each channel.</summary>
internal sealed class Carriers(IEnumerable<ILetterCarrier> all)
{
    public ILetterCarrier? Of(Channel channel) => all.FirstOrDefault(carrier => carrier.Channel == channel);
}

internal sealed class SendLetter(LetterDelivery delivery, Carriers carriers) : IOutboxHandler
{
    public string Topic => LetterWriting.Topic;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => delivery.SendAsync(
        subject,
        (letter, content, token) => carriers.Of(letter.Channel)?.CarryAsync(letter, content, token) ?? throw new UndeliveredException("no-carrier", isFinal: true),
        cancellationToken);
}

internal sealed class RouteNotice(NoticeDelivery delivery, Carriers carriers) : IOutboxHandler
{
    public string Topic => Notifying.Topic;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) =>
        delivery.RouteAsync(NoticeId.From(subject), byMail: carriers.Of(Channel.Mail) is not null, cancellationToken);
}

internal sealed class WriteDigest(NoticeDelivery delivery) : IOutboxHandler
{
    public string Topic => Digest.Topic;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => delivery.WriteDigestAsync(subject, cancellationToken);
}

/// <summary>Without a way to send mail administrators hand links out.</summary>
internal sealed class WritePasswordReset(PasswordResetMail mail, Carriers carriers) : IOutboxHandler
{
    public string Topic => PasswordResetWorkflow.Topic;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => carriers.Of(Channel.Mail) is null ? Task.CompletedTask : mail.WriteAsync(subject, cancellationToken);
}
