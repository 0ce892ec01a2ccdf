// The real PowerShell engine behind the way node-powershell talks to `powershell`: statements on standard input, output on standard output.
//   powershell-engine [switches of powershell]     BLUELIFT_ENGINE_PROFILE=FILE.ps1 is run first: stand-ins for cmdlets of Windows
//   powershell-engine ... -Command TEXT            runs the text and ends, as powershell.exe does; the text "-" is standard input
//   powershell-engine --check FILE.ps1             one JSON line: syntax errors, commands called, functions defined
// Only core cmdlets come with the engine; ConvertTo-Json, which every Windows has, is written here.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

if (args is ["--check", var script]) return Check(script);

var state = InitialSessionState.CreateDefault2();
state.Commands.Add(new SessionStateCmdletEntry("ConvertTo-Json", typeof(ConvertToJsonCommand), null));
using var runspace = RunspaceFactory.CreateRunspace(state);
runspace.Open();
var profile = Environment.GetEnvironmentVariable("BLUELIFT_ENGINE_PROFILE");
if (!string.IsNullOrEmpty(profile)) Execute(File.ReadAllText(profile));

var command = Array.IndexOf(args, "-Command");
if (command >= 0 && args[command + 1] != "-")
{
    Execute(string.Join(' ', args[(command + 1)..]));
    return 0;
}
var statement = new StringBuilder();
for (var line = Console.In.ReadLine(); line is not null; line = Console.In.ReadLine())
{
    statement.AppendLine(line);
    Parser.ParseInput(statement.ToString(), out _, out var errors);
    if (errors.Any(error => error.IncompleteInput)) continue;
    Execute(statement.ToString());
    statement.Clear();
}
return 0;

void Execute(string text)
{
    using var shell = PowerShell.Create(runspace);
    shell.AddScript(text, useLocalScope: false);
    try
    {
        foreach (var value in shell.Invoke()) Console.Out.WriteLine(value);
        foreach (var error in shell.Streams.Error) Console.Error.WriteLine(error);
    }
    catch (RuntimeException error) { Console.Error.WriteLine(error.Message); }
}

static int Check(string path)
{
    var script = Parser.ParseFile(Path.GetFullPath(path), out _, out var errors);
    var commands = script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Select(command => command.GetCommandName()).Where(name => name is not null).Distinct().Order();
    var functions = script.FindAll(node => node is FunctionDefinitionAst, searchNestedScriptBlocks: true).Cast<FunctionDefinitionAst>().Select(function => function.Name).Order();
    Console.Out.WriteLine(JsonSerializer.Serialize(new { errors = errors.Select(error => $"{error.Extent.StartLineNumber}: {error.Message}"), commands, functions }));
    return errors.Length == 0 ? 0 : 1;
}

/// <summary>ConvertTo-Json as far as scripts of the desk use it: text, numbers, truth, lists and tables of these.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)] public object InputObject { get; set; } = "";
    [Parameter] public int Depth { get; set; } = 2;
    [Parameter] public SwitchParameter Compress { get; set; }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    protected override void ProcessRecord() => WriteObject(JsonSerializer.Serialize(Simple(InputObject, Depth), Plain));

    /// <summary>Below the depth Windows PowerShell writes a value's text, which is how forgotten depths show.</summary>
    private static object? Simple(object? value, int depth)
    {
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            null or string or bool or int or long or double => bare,
            _ when depth < 0 => bare.ToString(),
            IDictionary table => table.Keys.Cast<object>().ToDictionary(key => key.ToString() ?? "", key => Simple(table[key], depth - 1)),
            IEnumerable list => list.Cast<object?>().Select(item => Simple(item, depth - 1)).ToArray(),
            _ => bare.ToString(),
        };
    }
}
