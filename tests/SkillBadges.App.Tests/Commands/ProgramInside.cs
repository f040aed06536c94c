using System.Text;

namespace SkillBadges.App.Tests.Commands;

/// <summary>
/// The real program run to its end in the tests' own process, which spares a start of the runtime: each call catches what it writes, however many run at once.
/// What is killed, limited or served takes <see cref="ProgramProcess"/>.
/// </summary>
internal static class ProgramInside
{
    private static readonly Caught output = new(Console.Out);
    private static readonly Caught errors = new(Console.Error);

    static ProgramInside()
    {
        Console.SetOut(output);
        Console.SetError(errors);
    }

    public static async Task<ProgramProcess> RunAsync(params string[] arguments)
    {
        var (told, blamed) = (output.Catch(), errors.Catch());
        var code = await Program.Main(arguments);
        return new(code, told.ToString(), blamed.ToString());
    }

    /// <summary>What a call and everything that it starts write goes to the call's own text; the rest where it went before.</summary>
    private sealed class Caught(TextWriter before) : TextWriter
    {
        private readonly AsyncLocal<TextWriter?> own = new();

        public override Encoding Encoding => before.Encoding;

        /// <summary>For the caller's flow and what it starts; ends with the caller.</summary>
        public StringWriter Catch()
        {
            var text = new StringWriter();
            own.Value = Synchronized(text);
            return text;
        }

        public override void Write(char value) => (own.Value ?? before).Write(value);

        public override void Write(char[] buffer, int index, int count) => (own.Value ?? before).Write(buffer, index, count);

        public override void Write(string? value) => (own.Value ?? before).Write(value);
    }
}
